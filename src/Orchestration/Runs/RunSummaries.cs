using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Replicas;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Between a run's state and the form in which ledgers keep it.</summary>
public static class RunSummaries
{
    public static RunSummary Of(RunState state) => new(
        state.Begun,
        state.Status,
        [.. state.Trials
            .OrderBy(trial => trial.Key, StringComparer.Ordinal)
            .Select(trial => new TrialSummary(trial.Key, trial.Value.Status, trial.Value.Node, trial.Value.Outcome, Swept(state, trial.Key), trial.Value.Lease, trial.Value.Endpoint))],
        [.. state.Replicas.Entries.Select(replica => new ReplicaSummary(
            replica.Teacher, replica.Node, replica.Status, replica.Since, replica.Endpoint, replica.Reason))],
        state.Report,
        state.Reason);

    public static RunState Restore(RunSummary summary) => new(
        summary.Begun,
        PlanCompiler.Compile(summary.Begun.Spec),
        summary.Status,
        summary.Trials.Aggregate(
            TrialBook.Empty, (book, trial) => book.With(trial.Name, new TrialState(trial.Status, trial.Node, trial.Outcome, trial.Lease, trial.Endpoint))))
    {
        Replicas = new ReplicaRegister(
        [
            .. summary.Replicas.Select(replica => new ReplicaState(
                replica.Teacher, replica.Node, replica.Status, replica.Since, replica.Endpoint, replica.Reason)),
        ]),
        Sweep = Restore(SweepState.Of(summary.Begun.Spec), summary.Trials),
        Report = summary.Report,
        Reason = summary.Reason,
    };

    private static SweptSummary? Swept(RunState state, string trial) =>
        state.Sweep is { } sweep && sweep.Find(trial) is { } swept
            ? new SweptSummary(swept.Number, swept.Assignment, [.. sweep.Curves.GetValueOrDefault(swept.Number, [])])
            : null;

    private static SweepState? Restore(SweepState? empty, IEnumerable<TrialSummary> trials) =>
        empty is null
            ? null
            : trials.Where(trial => trial.Swept is not null).OrderBy(trial => trial.Swept!.Number).Aggregate(empty, Replay);

    private static SweepState Replay(SweepState sweep, TrialSummary trial)
    {
        var (number, assignment, curve) = trial.Swept!;
        sweep = curve.Aggregate(sweep.Propose(assignment), (state, measured) => state.Measure(number, measured));
        return trial switch
        {
            { Status: TrialStatus.Finished, Outcome: TrainedOutcome outcome } => sweep.Finish(number, outcome),
            { Status: TrialStatus.Pruned } => sweep.Prune(number),
            { Status: TrialStatus.Failed } => sweep.Fail(number),
            _ => sweep,
        };
    }
}
