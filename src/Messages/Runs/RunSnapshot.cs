using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Messages.Runs;

/// <summary>A run at one moment, for people to look at.</summary>
public sealed record RunSnapshot(RunId Run, RunStatus Status, IReadOnlyList<TrialSnapshot> Trials, IReadOnlyList<NodeSnapshot> Nodes);

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
public sealed record TrialSnapshot(string Name, StageKind Stage, TrialStatus Status, string? Waiting, string? Node, TrialProgress? Progress);

/// <summary>A node of the cluster and what it does for the run, in words.</summary>
public sealed record NodeSnapshot(string Node, IReadOnlyList<string> Roles, string Activity);

public enum StageKind
{
    Train = 1,
    Baseline = 2,
    Distill = 3,
    Evaluate = 4,
}

public enum TrialStatus
{
    Waiting = 1,
    Dispatched = 2,
    Running = 3,
    Finished = 4,
    Failed = 5,
    Stopped = 6,
}
