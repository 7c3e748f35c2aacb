using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Replicas;
using static Stillhouse.Messages.Runs.RunEvents;

namespace Stillhouse.Orchestration.Runs;

/// <summary>What a run's ledger amounts to.</summary>
public sealed record RunState(RunBegun Begun, Plan Plan, RunStatus Status, TrialBook Trials)
{
    public RunId Run => Begun.Run;

    public RunSpec Spec => Begun.Spec;

    public DatasetFacts Dataset => Begun.Dataset;

    public NodesNeeded Needed => Begun.Needed;

    /// <summary>Where the teachers that have been trained are served.</summary>
    public ReplicaRegister Replicas { get; init; } = ReplicaRegister.Empty;

    public RunReport? Report { get; init; }

    /// <summary>Why the run failed, in one line.</summary>
    public string? Reason { get; init; }

    public TrialState this[string trial] => Trials[trial];

    /// <summary>Whether something may still be done for it without being asked.</summary>
    public bool IsOpen => Status is RunStatus.Running or RunStatus.Paused;

    /// <summary>Whether any trial has been handed out yet.</summary>
    public bool HasBegunWork => Trials.Begun > 0;

    /// <summary>Stages whose trial waits although everything it needs is there.</summary>
    public IEnumerable<Stage> Ready =>
        Plan.Stages.Where(stage =>
            this[stage.Name].Status == TrialStatus.Waiting && stage.After.All(name => this[name].Status == TrialStatus.Finished));

    public bool IsTeacher(string trial) => Plan.Stages.Any(stage => stage.Kind == StageKind.Train && stage.Name == trial);

    /// <summary>Trials under way that ask teachers.</summary>
    public IEnumerable<string> Taught =>
        from stage in Plan.Stages
        where stage.Kind is StageKind.Distill or StageKind.Evaluate && this[stage.Name].IsActive
        select stage.Name;

    /// <summary>Trained teachers that nobody serves at the moment.</summary>
    public IEnumerable<string> Unserved =>
        from stage in Plan.Stages
        where stage.Kind == StageKind.Train && this[stage.Name].Status == TrialStatus.Finished && !Replicas.Serving(stage.Name).Any()
        select stage.Name;

    /// <summary>The weights that a finished trial left behind.</summary>
    /// <exception cref="InvalidOperationException">The trial has not finished, or trains nothing.</exception>
    public TrainedOutcome Trained(string trial) =>
        this[trial].Outcome as TrainedOutcome ?? throw new InvalidOperationException($"The trial {trial} has no weights.");

    public RunState With(string trial, Func<TrialState, TrialState> change) =>
        this with { Trials = Trials.With(trial, change(this[trial])) };

    /// <summary>With every trial changed.</summary>
    public RunState With(Func<TrialState, TrialState> change) => this with { Trials = Trials.With(change) };

    public RunState With(ReplicaState replica) => this with { Replicas = Replicas.With(replica) };
}

/// <summary>What the ledger says about one trial.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Node">The node that it was handed to or began on.</param>
/// <param name="Outcome">What it left behind, once finished.</param>
public sealed record TrialState(TrialStatus Status, string? Node = null, TrialOutcome? Outcome = null)
{
    public static TrialState Waiting { get; } = new(TrialStatus.Waiting);

    /// <summary>Whether some node works on it.</summary>
    public bool IsActive => Status is TrialStatus.Dispatched or TrialStatus.Running;

    /// <summary>Whether its result is still wanted.</summary>
    public bool IsUnfinished => IsActive || Status == TrialStatus.Waiting;
}
