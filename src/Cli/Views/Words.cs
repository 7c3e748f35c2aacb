using System.Globalization;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>Figures and states as people read them; the same in every view.</summary>
internal static class Words
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F2} %");

    public static string Loss(double loss) => loss.ToString("F4", CultureInfo.InvariantCulture);

    public static string Count(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>The text, cut off where it does not fit.</summary>
    public static string Fit(string text, int width) => text.Length <= width ? text : $"{text.AsSpan(0, width - 1)}…";

    /// <summary>What a trial does, or why it does nothing.</summary>
    public static string State(TrialSnapshot trial) => trial.Status switch
    {
        TrialStatus.Waiting => $"waits {trial.Waiting ?? "for its turn"}",
        TrialStatus.Dispatched => $"prepares{On(trial)}",
        TrialStatus.Running => $"{Verb(trial.Stage)}{On(trial)}",
        TrialStatus.Finished => "finished",
        TrialStatus.Failed => "failed",
        TrialStatus.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(trial), trial.Status, null),
    };

    private static string On(TrialSnapshot trial) => trial.Node is { Length: > 0 } node ? $" on {node}" : "";

    private static string Verb(StageKind stage) => stage switch
    {
        StageKind.Train or StageKind.Baseline => "trains",
        StageKind.Distill => "distils",
        StageKind.Evaluate => "evaluates",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
