using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Messages.Runs;

/// <summary>A run at one moment, for people to look at.</summary>
/// <param name="Trials">In the order of the plan. Of a large sweep those under way and the last ones that ended.</param>
/// <param name="Sweep">Null where the run has none.</param>
public sealed record RunSnapshot(
    RunId Run,
    RunStatus Status,
    IReadOnlyList<TrialSnapshot> Trials,
    IReadOnlyList<NodeSnapshot> Nodes,
    SweepSnapshot? Sweep = null);

public enum RunStatus
{
    Running = 1,
    Completed = 2,
    Failed = 3,
    Cancelled = 4,

    /// <summary>Nothing is under way until it is resumed.</summary>
    Paused = 5,
}

/// <summary>One trial of a run.</summary>
/// <param name="Name">The trial's name within the run, for example <c>teacher-1</c> or <c>student</c>.</param>
/// <param name="Stage">The kind of stage it belongs to.</param>
/// <param name="Waiting">Why it does not run yet, or stands still, in words; or null.</param>
/// <param name="Node">Where it runs or ran, or null.</param>
/// <param name="Assignment">What a trial of a sweep tries, in words; null for others.</param>
public sealed record TrialSnapshot(
    string Name, StageKind Stage, TrialStatus Status, string? Waiting, string? Node, TrialProgress? Progress, string? Assignment = null);

/// <summary>Where a sweep stands.</summary>
/// <param name="Best">The best trial so far, in words with what it tries; null where none has finished.</param>
/// <param name="BestAccuracy">Its accuracy on the validation split, 0 to 1.</param>
public sealed record SweepSnapshot(int Proposed, int Open, int Finished, int Pruned, int Failed, string? Best, double? BestAccuracy);

/// <summary>A node of the cluster and what it does for the run, in words.</summary>
public sealed record NodeSnapshot(string Node, IReadOnlyList<string> Roles, string Activity);

public enum StageKind
{
    Train = 1,
    Baseline = 2,
    Distill = 3,
    Evaluate = 4,

    /// <summary>Trains a network that others learn from meanwhile.</summary>
    CoTrain = 5,
}

public enum TrialStatus
{
    Waiting = 1,
    Dispatched = 2,
    Running = 3,
    Finished = 4,
    Failed = 5,
    Stopped = 6,

    /// <summary>Stopped by the sweep that it belongs to, because it fell behind.</summary>
    Pruned = 7,
}
