using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Messages.Trials;

/// <summary>Between the coordinator and a trial, wherever it runs.</summary>
public static class TrialProtocol
{
    /// <summary>About one trial.</summary>
    public interface ITrialMessage : IProtocolMessage
    {
        TrialId Trial { get; }
    }

    /// <summary>To a trial, or from one, under a lease. Sharding brings it to the node that has the lease.</summary>
    public interface ILeasedMessage : ITrialMessage
    {
        TrialLease Lease { get; }
    }

    /// <summary>Coordinator to student trial: do this work. Repeating it changes nothing.</summary>
    [WireName("trial.start/3")]
    public sealed record StartTrial(TrialId Trial, TrialLease Lease, StudentWork Work) : ILeasedMessage;

    /// <summary>Coordinator to student trial: stop without a result, unless a later lease has been given.</summary>
    [WireName("trial.stop/2")]
    public sealed record StopTrial(TrialId Trial, TrialLease Lease) : ILeasedMessage;

    /// <summary>Coordinator to student trial, whenever it changes and from time to time: where its teachers can be asked.</summary>
    [WireName("trial.teachers-moved/2")]
    public sealed record TeachersMoved(TrialId Trial, TrialLease Lease, IReadOnlyList<TeacherReplicas> Teachers) : ILeasedMessage;

    /// <summary>Trial to coordinator: it waits, and for what; or, without a reason, it waits no longer.</summary>
    [WireName("trial.waits/1")]
    public sealed record TrialWaits(TrialId Trial, string? Reason) : ITrialMessage;

    /// <summary>Trial to coordinator, repeated until the replica is no longer among its teachers: it answered wrongly.</summary>
    [WireName("trial.replica-accused/1")]
    public sealed record ReplicaAccused(TrialId Trial, string Teacher, string Node, string Reason) : ITrialMessage;

    /// <summary>Trial to coordinator: work under this lease has begun.</summary>
    [WireName("trial.started/2")]
    public sealed record TrialStarted(TrialId Trial, TrialLease Lease) : ILeasedMessage;

    /// <summary>Trial to coordinator, from time to time until it is stopped: the networks that learn beside it can ask it here.</summary>
    [WireName("trial.peer-serves/1")]
    public sealed record PeerServes(TrialId Trial, TrialLease Lease, ReplicaEndpoint Endpoint) : ILeasedMessage;

    /// <summary>Trial to coordinator, a few times a second; losing one loses nothing.</summary>
    [WireName("trial.progressed/2")]
    public sealed record TrialProgressed(TrialId Trial, TrialLease Lease, TrialProgress Progress) : ILeasedMessage;

    /// <summary>Trial to coordinator, repeated until acknowledged. A result is the same under every lease.</summary>
    [WireName("trial.finished/2")]
    public sealed record TrialFinished(TrialId Trial, TrialOutcome Outcome) : ITrialMessage;

    /// <summary>Trial to coordinator, repeated until acknowledged: the cause in one line.</summary>
    [WireName("trial.failed/2")]
    public sealed record TrialFailed(TrialId Trial, TrialLease Lease, string Reason) : ILeasedMessage;

    /// <summary>Coordinator to trial or teacher: its end, or that it serves, has been recorded.</summary>
    [WireName("trial.end-recorded/1")]
    public sealed record TrialEndRecorded(TrialId Trial) : ITrialMessage;
}
