using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>Estimates when trials will be done, from the speed since each was first seen.</summary>
public sealed class TimeLeft(TimeProvider clock)
{
    private readonly Dictionary<string, (long Step, long Timestamp)> _firstSeen = [];

    /// <summary>Null where nothing can be said: before progress, and after the end.</summary>
    public TimeSpan? Of(TrialSnapshot trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial is not { Status: TrialStatus.Running, Progress: { } progress })
        {
            return null;
        }

        var now = clock.GetTimestamp();
        if (!_firstSeen.TryGetValue(trial.Name, out var first) || progress.Step < first.Step)
        {
            _firstSeen[trial.Name] = first = (progress.Step, now);
        }

        return Estimate(progress.Step - first.Step, progress.Steps - progress.Step, clock.GetElapsedTime(first.Timestamp, now));
    }

    /// <summary>The time for the steps that are left at the speed of those done in <paramref name="elapsed"/>; null before the first.</summary>
    public static TimeSpan? Estimate(long stepsDone, long stepsLeft, TimeSpan elapsed) =>
        stepsDone <= 0 || elapsed <= TimeSpan.Zero ? null : elapsed * ((double)stepsLeft / stepsDone);
}
