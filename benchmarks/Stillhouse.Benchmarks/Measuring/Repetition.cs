namespace Stillhouse.Benchmarks.Measuring;

/// <summary>Repeats a short piece of work until its speed can be told.</summary>
internal static class Repetition
{
    /// <summary>Runs the work on the calling thread, at least once, until <paramref name="duration"/> has passed.</summary>
    /// <returns>How often it ran per second.</returns>
    public static double PerSecond(Action work, TimeSpan duration, TimeProvider time)
    {
        var started = time.GetTimestamp();
        var times = 0L;
        TimeSpan elapsed;
        do
        {
            work();
            times++;
            elapsed = time.GetElapsedTime(started);
        }
        while (elapsed < duration);

        return times / elapsed.TotalSeconds;
    }
}
