using System.Globalization;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>Figures and states as people read them; the same in every view.</summary>
internal static class Words
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F2} %");

    public static string Loss(double loss) => loss.ToString("F4", CultureInfo.InvariantCulture);

    public static string Count(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>In the largest binary unit of which there is at least one.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = bytes > 0 ? Math.Min((int)Math.Log2(bytes) / 10, units.Length - 1) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / Math.Pow(1024, unit):0.#} {units[unit]}");
    }

    public static string Duration(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>The text, cut off where it does not fit.</summary>
    public static string Fit(string text, int width) => text.Length <= width ? text : $"{text.AsSpan(0, width - 1)}…";

    /// <summary>What a trial does, or why it does nothing; of a sweep's trial also what it tries.</summary>
    public static string State(TrialSnapshot trial) =>
        trial.Assignment is { } assignment ? $"{Doing(trial)} ({assignment})" : Doing(trial);

    /// <summary>For example <c>sweep: 12 trials, 4 under way, 6 finished, 2 stopped early; best student-3 (temperature=4): 97.80 %</c>.</summary>
    public static string Of(SweepSnapshot sweep)
    {
        string?[] counts =
        [
            $"{Count(sweep.Proposed)} trials",
            sweep.Open > 0 ? $"{Count(sweep.Open)} open" : null,
            sweep.Finished > 0 ? $"{Count(sweep.Finished)} finished" : null,
            sweep.Pruned > 0 ? $"{Count(sweep.Pruned)} stopped early" : null,
            sweep.Failed > 0 ? $"{Count(sweep.Failed)} failed" : null,
        ];
        var best = sweep is { Best: { } trial, BestAccuracy: { } accuracy } ? $"; best {trial}: {Percent(accuracy)}" : "";
        return $"sweep: {string.Join(", ", counts.OfType<string>())}{best}";
    }

    /// <summary>Where a run stands, after its name.</summary>
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Running => "runs",
        RunStatus.Paused => "is paused",
        RunStatus.Completed => "has completed",
        RunStatus.Failed => "has failed",
        RunStatus.Cancelled => "is cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>Where a trial stands, in a word or two.</summary>
    public static string Of(TrialStatus status) => status switch
    {
        TrialStatus.Waiting => "waits",
        TrialStatus.Dispatched => "is handed out",
        TrialStatus.Running => "runs",
        TrialStatus.Finished => "finished",
        TrialStatus.Failed => "failed",
        TrialStatus.Stopped => "stopped",
        TrialStatus.Pruned => "stopped early",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    private static string Doing(TrialSnapshot trial) => trial.Status switch
    {
        TrialStatus.Waiting => $"waits {trial.Waiting ?? "for its turn"}",
        TrialStatus.Dispatched => $"prepares{On(trial)}",
        TrialStatus.Running => $"{Verb(trial.Stage)}{On(trial)}{(trial.Waiting is { } reason ? $", waits {reason}" : "")}",
        TrialStatus.Finished => "finished",
        TrialStatus.Failed => "failed",
        TrialStatus.Stopped => "stopped",
        TrialStatus.Pruned => "stopped early: others are ahead",
        _ => throw new ArgumentOutOfRangeException(nameof(trial), trial.Status, null),
    };

    private static string On(TrialSnapshot trial) => trial.Node is { Length: > 0 } node ? $" on {node}" : "";

    private static string Verb(StageKind stage) => stage switch
    {
        StageKind.Train or StageKind.Baseline or StageKind.CoTrain => "trains",
        StageKind.Distill => "distils",
        StageKind.Evaluate => "evaluates",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
