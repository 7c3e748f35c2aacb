using System.Collections.Immutable;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Runs;

/// <summary>What a run's ledger amounts to.</summary>
public sealed record RunState(
    RunId Run,
    RunSpec Spec,
    DatasetFacts Dataset,
    NodesNeeded Needed,
    Plan Plan,
    RunStatus Status,
    ImmutableDictionary<string, TrialState> Trials)
{
    public RunReport? Report { get; init; }

    /// <summary>Why the run failed, in one line.</summary>
    public string? Reason { get; init; }

    public TrialState this[string trial] => Trials[trial];

    /// <summary>Whether any trial has been handed out yet.</summary>
    public bool HasBegunWork => Trials.Values.Any(trial => trial.Status != TrialStatus.Waiting);

    /// <summary>Stages whose trial waits although everything it needs is there.</summary>
    public IEnumerable<Stage> Ready =>
        Plan.Stages.Where(stage =>
            this[stage.Name].Status == TrialStatus.Waiting && stage.After.All(name => this[name].Status == TrialStatus.Finished));

    /// <summary>The weights that a finished trial left behind.</summary>
    /// <exception cref="InvalidOperationException">The trial has not finished, or trains nothing.</exception>
    public TrainedOutcome Trained(string trial) =>
        this[trial].Outcome as TrainedOutcome ?? throw new InvalidOperationException($"The trial {trial} has no weights.");

    public RunState With(string trial, Func<TrialState, TrialState> change) =>
        this with { Trials = Trials.SetItem(trial, change(this[trial])) };
}

/// <summary>What the ledger says about one trial.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Node">The node that it was handed to or began on.</param>
/// <param name="Outcome">What it left behind, once finished.</param>
/// <param name="Endpoint">Where to ask it, if it is a teacher and serves.</param>
public sealed record TrialState(TrialStatus Status, string? Node = null, TrialOutcome? Outcome = null, TeacherEndpoint? Endpoint = null)
{
    public static TrialState Waiting { get; } = new(TrialStatus.Waiting);

    /// <summary>Whether some node works on it.</summary>
    public bool IsActive => Status is TrialStatus.Dispatched or TrialStatus.Running;
}
