using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Messages.Teachers;

/// <summary>Between the coordinator and the actor that hosts a node's teachers.</summary>
public static class TeacherProtocol
{
    /// <summary>Coordinator to node: train or load this teacher, then serve it. Repeating it changes nothing.</summary>
    [WireName("teacher.start/3")]
    public sealed record StartTeacher(TrialId Trial, TrialLease Lease, TeacherWork Work) : ITrialMessage;

    /// <summary>Node to coordinator, repeated until its end is recorded: trained, and answering lessons from now on.</summary>
    [WireName("teacher.serving/2")]
    public sealed record TeacherServing(TrialId Trial, TrainedOutcome Outcome, ReplicaEndpoint Endpoint) : ITrialMessage;

    /// <summary>Coordinator to node: serve this trained teacher as well. Repeating it changes nothing.</summary>
    /// <param name="Trial">The trial that trained it.</param>
    [WireName("teacher.start-replica/1")]
    public sealed record StartReplica(TrialId Trial, ReplicaWork Work) : ITrialMessage;

    /// <summary>Node to coordinator, repeated until recorded: the replica passed its probe and answers lessons from now on.</summary>
    [WireName("teacher.replica-serving/1")]
    public sealed record ReplicaServing(TrialId Trial, ReplicaEndpoint Endpoint) : ITrialMessage;

    /// <summary>Node to coordinator, repeated until recorded: the replica does not serve.</summary>
    /// <param name="Quarantined">It answers, but not what its artifact answers: the node must not serve this teacher.</param>
    [WireName("teacher.replica-failed/1")]
    public sealed record ReplicaFailed(TrialId Trial, string Node, string Reason, bool Quarantined) : ITrialMessage;

    /// <summary>Coordinator to node: stop serving one teacher here.</summary>
    [WireName("teacher.withdraw-replica/1")]
    public sealed record WithdrawReplica(TrialId Trial) : ITrialMessage;

    /// <summary>Coordinator to node: stop whatever this run's teachers do and free their memory.</summary>
    [WireName("teacher.release/1")]
    public sealed record ReleaseTeachers(RunId Run) : IProtocolMessage;
}
