using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Messages.Trials;

/// <summary>Between the coordinator and a trial, wherever it runs.</summary>
public static class TrialProtocol
{
    /// <summary>Addressed to one trial; sharding routes by <see cref="Trial"/>.</summary>
    public interface ITrialMessage : IProtocolMessage
    {
        TrialId Trial { get; }
    }

    /// <summary>Coordinator to student trial: do this work. Repeating it changes nothing.</summary>
    [WireName("trial.start/2")]
    public sealed record StartTrial(TrialId Trial, StudentWork Work) : ITrialMessage;

    /// <summary>Coordinator to student trial: stop without a result.</summary>
    [WireName("trial.stop/1")]
    public sealed record StopTrial(TrialId Trial) : ITrialMessage;

    /// <summary>Coordinator to student trial, whenever it changes and from time to time: where its teachers can be asked.</summary>
    [WireName("trial.teachers-moved/1")]
    public sealed record TeachersMoved(TrialId Trial, IReadOnlyList<TeacherReplicas> Teachers) : ITrialMessage;

    /// <summary>Trial to coordinator: it waits, and for what; or, without a reason, it waits no longer.</summary>
    [WireName("trial.waits/1")]
    public sealed record TrialWaits(TrialId Trial, string? Reason) : ITrialMessage;

    /// <summary>Trial to coordinator, repeated until the replica is no longer among its teachers: it answered wrongly.</summary>
    [WireName("trial.replica-accused/1")]
    public sealed record ReplicaAccused(TrialId Trial, string Teacher, string Node, string Reason) : ITrialMessage;

    /// <summary>Trial to coordinator: work has begun on this node.</summary>
    [WireName("trial.started/1")]
    public sealed record TrialStarted(TrialId Trial, string Node) : ITrialMessage;

    /// <summary>Trial to coordinator, a few times a second; losing one loses nothing.</summary>
    [WireName("trial.progressed/1")]
    public sealed record TrialProgressed(TrialId Trial, TrialProgress Progress) : ITrialMessage;

    /// <summary>Trial to coordinator, repeated until acknowledged.</summary>
    [WireName("trial.finished/2")]
    public sealed record TrialFinished(TrialId Trial, TrialOutcome Outcome) : ITrialMessage;

    /// <summary>Trial to coordinator, repeated until acknowledged: the cause in one line.</summary>
    [WireName("trial.failed/1")]
    public sealed record TrialFailed(TrialId Trial, string Reason) : ITrialMessage;

    /// <summary>Coordinator to trial or teacher: its end, or that it serves, has been recorded.</summary>
    [WireName("trial.end-recorded/1")]
    public sealed record TrialEndRecorded(TrialId Trial) : ITrialMessage;
}
