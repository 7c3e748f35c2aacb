namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Counts bytes that have arrived until it is time to stop. Not thread-safe.</summary>
internal sealed class Throughput(TimeProvider time, TimeSpan duration)
{
    private const double Megabyte = 1e6;

    private readonly long _started = time.GetTimestamp();
    private TimeSpan _last;
    private long _bytes;

    /// <summary>Whether more should be asked for.</summary>
    public bool GoesOn => _last < duration;

    /// <summary>From the start to the last arrival.</summary>
    public double MegabytesPerSecond => _bytes / Megabyte / _last.TotalSeconds;

    public void Add(int bytes)
    {
        _bytes += bytes;
        _last = time.GetElapsedTime(_started);
    }
}
