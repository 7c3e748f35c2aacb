namespace Stillhouse.Transport.Replicas;

/// <summary>
/// What a replica takes per byte that it has open, smoothed exponentially. Time is related to everything that was open when
/// the lesson was asked, since it had to wait for that as well: so a long queue does not look like a slow replica.
/// </summary>
/// <param name="SecondsPerByte">Null before anything was measured.</param>
internal readonly record struct ServiceTime(double? SecondsPerByte)
{
    /// <summary>The weight of a new measurement, as TCP weighs its round trips (RFC 6298).</summary>
    private const double Weight = 1.0 / 8;

    private static readonly TimeSpan HalfLife = TimeSpan.FromSeconds(10);

    /// <summary>After an answer.</summary>
    /// <param name="latency">From the question to the whole answer.</param>
    /// <param name="openBytes">What was open when it was asked, itself included.</param>
    public ServiceTime Answered(TimeSpan latency, long openBytes)
    {
        var measured = latency.TotalSeconds / openBytes;
        return new ServiceTime(SecondsPerByte is { } known ? known + (Weight * (measured - known)) : measured);
    }

    /// <summary>After waiting in vain: it takes at least as long.</summary>
    public ServiceTime GivenUp(TimeSpan waited, long openBytes) =>
        new(Math.Max(SecondsPerByte ?? 0, waited.TotalSeconds / openBytes));

    /// <summary>
    /// After a time in which nothing was asked. What is known of a replica wears off, or one that was slow once would never
    /// be tried again.
    /// </summary>
    public ServiceTime AfterIdle(TimeSpan idle) => new(SecondsPerByte * Math.Pow(0.5, idle / HalfLife));

    /// <summary>How long so many bytes take; null before anything was measured.</summary>
    public TimeSpan? Expected(long openBytes) => SecondsPerByte is { } known
        ? TimeSpan.FromSeconds(Math.Min(known * openBytes, TimeSpan.MaxValue.TotalSeconds / 2))
        : null;
}
