using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Replicas;
using Stillhouse.Orchestration.Sweeps;
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

    /// <summary>The trials of the sweep; null where the spec has none.</summary>
    public SweepState? Sweep { get; init; }

    public RunReport? Report { get; init; }

    /// <summary>Why the run failed, in one line.</summary>
    public string? Reason { get; init; }

    public TrialState this[string trial] => Trials[trial];

    /// <summary>Whether something may still be done for it without being asked.</summary>
    public bool IsOpen => Status is RunStatus.Running or RunStatus.Paused;

    /// <summary>Whether any trial has ever been handed out.</summary>
    public bool HasBegunWork => Trials.Begun > 0;

    /// <summary>Whether nodes may be given work: it begins when as many as were asked for are there.</summary>
    public bool MayHandOut(ClusterNodes nodes) => Status == RunStatus.Running && (HasBegunWork || nodes.Suffice(Needed));

    /// <summary>Trials of the sweep that have been proposed and wait to be handed out.</summary>
    public IEnumerable<string> WaitingInSweep =>
        (Sweep?.Open ?? []).Select(SweepState.NameOf).Where(name => this[name].Status == TrialStatus.Waiting);

    /// <summary>Stages that wait, in whole or in part, although everything that they need is there.</summary>
    public IEnumerable<Stage> Ready =>
        Plan.Stages.Where(stage => Waits(stage) && stage.After.All(name => ResultOf(name) is not null));

    /// <summary>Whether a trial is a teacher's, which is trained on the node that serves it then.</summary>
    public bool IsTeacher(string trial) => Plan.Stages.Any(stage => stage.Kind == StageKind.Train && stage.Name == trial);

    /// <summary>Whether networks that learn side by side have not all finished: those that have may still be asked.</summary>
    public bool IsLive => Plan.Live.Any(stage => this[stage.Name].Status != TrialStatus.Finished);

    /// <summary>Whether some node works on a trial, or answers what it learnt for those that learn beside it.</summary>
    public bool IsHeld(string trial) =>
        this[trial].IsActive || (this[trial].Status == TrialStatus.Finished && LearnsBesideOthers(trial) && IsLive);

    /// <summary>Whether a trial is asked while it learns, so that its result alone is not enough for the others.</summary>
    public bool LearnsBesideOthers(string trial) => Plan.Live.Any(stage => stage.Name == trial);

    /// <summary>All trials that some node works on, or answers for.</summary>
    public IEnumerable<string> Held => Trials.Active.Union(Plan.Live.Select(stage => stage.Name).Where(IsHeld));

    /// <summary>The stage that a trial belongs to.</summary>
    public Stage StageOf(string trial) => Plan[Sweep?.Find(trial) is null ? trial : StageName.Student];

    /// <summary>The trial whose result is that of a stage: of a sweep the best. Null until the stage has finished.</summary>
    public string? ResultOf(string stage) =>
        !Plan[stage].IsSweep ? (this[stage].Status == TrialStatus.Finished ? stage : null)
        : Sweep is { IsConcluded: true, Best: { } best } ? SweepState.NameOf(best.Number)
        : null;

    /// <summary>The spec that a trial is trained by: in a sweep one of its own.</summary>
    public RunSpec SpecOf(string trial) => Sweep?.Find(trial) is { } swept ? swept.Assignment.Apply(Spec) : Spec;

    /// <summary>The trials of a stage that there are so far.</summary>
    public IEnumerable<string> TrialsOf(Stage stage) =>
        stage.IsSweep ? Sweep!.History.Trials.Select(trial => SweepState.NameOf(trial.Number)) : [stage.Name];

    /// <summary>
    /// Trials that ask teachers, or each other. One that has finished asks again where its node was lost unnoticed: it goes on from its
    /// last checkpoint.
    /// </summary>
    public IEnumerable<string> Taught =>
        Held.Where(trial => StageOf(trial).Kind is StageKind.Distill or StageKind.Evaluate or StageKind.CoTrain);

    /// <summary>Trained networks that are to teach and that nobody serves at the moment.</summary>
    public IEnumerable<string> Unserved =>
        from stage in Plan.Teachers
        where this[stage.Name].Status == TrialStatus.Finished && !Replicas.Serving(stage.Name).Any()
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

    /// <summary>With the sweep changed where the trial is one of its own; else as it is.</summary>
    public RunState Swept(string trial, Func<SweepState, int, SweepState> change) =>
        Sweep?.Find(trial) is { } swept ? this with { Sweep = change(Sweep, swept.Number) } : this;

    private bool Waits(Stage stage) =>
        stage.IsSweep ? Sweep is { IsConcluded: false } : this[stage.Name].Status == TrialStatus.Waiting;
}

/// <summary>What the ledger says about one trial.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Node">The node that it was handed to.</param>
/// <param name="Outcome">What it left behind, once finished.</param>
/// <param name="Lease">The number of the last lease; 0 where it has never been handed out.</param>
/// <param name="Endpoint">Where those that learn beside it can ask it; null where they cannot, or there are none.</param>
public sealed record TrialState(
    TrialStatus Status, string? Node = null, TrialOutcome? Outcome = null, int Lease = 0, ReplicaEndpoint? Endpoint = null)
{
    public static TrialState Waiting { get; } = new(TrialStatus.Waiting);

    /// <summary>The same trial, to be handed out again.</summary>
    public TrialState WaitingAgain => Waiting with { Lease = Lease };

    /// <summary>Whether the lease is the one under which it was handed out last.</summary>
    public bool IsUnder(TrialLease lease) => lease.Number == Lease && lease.Node == Node;

    /// <summary>Whether some node works on it.</summary>
    public bool IsActive => Status is TrialStatus.Dispatched or TrialStatus.Running;

    /// <summary>Whether its result is still wanted.</summary>
    public bool IsUnfinished => IsActive || Status == TrialStatus.Waiting;
}
