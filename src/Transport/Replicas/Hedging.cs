namespace Stillhouse.Transport.Replicas;

/// <summary>
/// When a replica that has not answered is slow, so that another is asked as well (Dean and Barroso, "The tail at scale",
/// 2013).
/// </summary>
internal static class Hedging
{
    /// <summary>Answers without which percentiles say nothing.</summary>
    public const int EnoughAnswers = 20;

    /// <summary>From the question to the moment when the replica counts as slow.</summary>
    /// <param name="p95">The 95th percentile of answers so far; null if there are too few.</param>
    /// <param name="expected">
    /// What the lesson should take, given all that the replica had open when it was asked; null if nothing is known. Without
    /// it a deep queue would have every lesson asked twice.
    /// </param>
    public static TimeSpan Delay(TimeSpan? p95, TimeSpan? expected, ReplicaOptions options)
    {
        if (p95 is null && expected is null)
        {
            return options.HedgeUntried;
        }

        var usual = Longer(p95 ?? TimeSpan.Zero, expected ?? TimeSpan.Zero);
        return Longer(options.HedgeFloor, usual < options.LessonDeadline ? usual * options.HedgeFactor : options.LessonDeadline);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
