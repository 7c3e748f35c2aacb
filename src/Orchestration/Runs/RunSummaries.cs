using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Replicas;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Between a run's state and the form in which ledgers keep it.</summary>
public static class RunSummaries
{
    public static RunSummary Of(RunState state) => new(
        state.Begun,
        state.Status,
        [.. state.Trials
            .OrderBy(trial => trial.Key, StringComparer.Ordinal)
            .Select(trial => new TrialSummary(trial.Key, trial.Value.Status, trial.Value.Node, trial.Value.Outcome))],
        [.. state.Replicas.Entries.Select(replica => new ReplicaSummary(
            replica.Teacher, replica.Node, replica.Status, replica.Since, replica.Endpoint, replica.Reason))],
        state.Report,
        state.Reason);

    public static RunState Restore(RunSummary summary) => new(
        summary.Begun,
        PlanCompiler.Compile(summary.Begun.Spec),
        summary.Status,
        summary.Trials.Aggregate(
            TrialBook.Empty, (book, trial) => book.With(trial.Name, new TrialState(trial.Status, trial.Node, trial.Outcome))))
    {
        Replicas = new ReplicaRegister(
        [
            .. summary.Replicas.Select(replica => new ReplicaState(
                replica.Teacher, replica.Node, replica.Status, replica.Since, replica.Endpoint, replica.Reason)),
        ]),
        Report = summary.Report,
        Reason = summary.Reason,
    };
}
