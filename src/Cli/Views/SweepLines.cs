using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>What a sweep found, in lines below the report's table.</summary>
internal static class SweepLines
{
    public static IEnumerable<string> Of(SweepReport sweep)
    {
        var pruned = sweep.Trials.Count(trial => trial.Status == TrialStatus.Pruned);
        var failed = sweep.Trials.Count(trial => trial.Status == TrialStatus.Failed);
        yield return $"sweep: {Words.Count(sweep.Trials.Count)} trials, {Words.Count(sweep.EpochsTrained)} of "
            + $"{Words.Count(sweep.EpochsInFull)} epochs ({Words.Percent((double)sweep.EpochsTrained / sweep.EpochsInFull)})"
            + (pruned > 0 ? $", {Words.Count(pruned)} stopped early" : "")
            + (failed > 0 ? $", {Words.Count(failed)} failed" : "");
        yield return $"best: {Describe(sweep.Trials.Single(trial => trial.Trial == sweep.Best))}";
        if (sweep.Objectives.Count > 1)
        {
            foreach (var trial in sweep.Trials.Where(trial => sweep.Front.Contains(trial.Trial)))
            {
                yield return $"front ({string.Join(", ", sweep.Objectives)}): {Describe(trial)}";
            }
        }
    }

    private static string Describe(SweptReport trial) =>
        $"{trial.Trial} ({trial.Assignment}): validation {(trial.Accuracy is { } accuracy ? Words.Percent(accuracy) : "unknown")}"
        + (trial.Parameters is { } parameters ? $", {Words.Count(parameters)} parameters" : "")
        + (trial.LatencyMilliseconds is { } latency ? $", {latency:F2} ms" : "");
}
