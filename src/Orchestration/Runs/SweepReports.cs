using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Draws up what a sweep has tried so far.</summary>
public static class SweepReports
{
    /// <exception cref="InvalidOperationException">No trial has finished.</exception>
    public static SweepReport Build(RunState state, SweepState sweep)
    {
        var lessons = sweep.History.Trials
            .Select(trial => (state[SweepState.NameOf(trial.Number)].Outcome as TrainedOutcome)?.Lessons)
            .OfType<LessonsReport>()
            .ToArray();
        var best = sweep.Best ?? throw new InvalidOperationException("The sweep has no best trial.");
        return new SweepReport(
            SweepState.NameOf(best.Number),
            [.. sweep.Sweep.Objectives.Select(objective => objective.Name)],
            [.. SweepResults.ParetoFront(sweep.History, sweep.Sweep.Objectives).Select(trial => SweepState.NameOf(trial.Number))],
            sweep.EpochsTrained,
            sweep.History.Trials.Sum(trial => (long)trial.Assignment.Apply(state.Spec).Student.Training.Epochs),
            lessons.Sum(asked => asked.ForwardsComputed),
            lessons.Sum(asked => asked.ForwardsSaved),
            [.. sweep.History.Trials.Select(trial => Trial(state, trial))]);
    }

    private static SweptReport Trial(RunState state, SweepTrial trial)
    {
        var listed = TrialListings.Of(state, SweepState.NameOf(trial.Number));
        return new SweptReport(
            listed.Trial,
            trial.Assignment,
            listed.Status,
            listed.Epochs ?? 0,
            listed.Accuracy,
            listed.Parameters,
            listed.LatencyMilliseconds,
            listed.Digest);
    }
}
