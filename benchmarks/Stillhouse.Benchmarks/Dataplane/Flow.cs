namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>How every contestant is driven.</summary>
internal static class Flow
{
    /// <summary>
    /// Bytes that a contestant with flow control may have on the way: more makes none of them faster, and fewer makes
    /// all of them slower.
    /// </summary>
    private const int BytesInFlight = 32 << 20;

    private const int MostFramesInFlight = 128;

    /// <summary>How long one measurement lasts.</summary>
    public static TimeSpan Duration(bool quick) => TimeSpan.FromSeconds(quick ? 0.1 : 1);

    /// <summary>Frames of that size on the way at once.</summary>
    public static int FramesInFlight(int frameBytes) => Math.Min(BytesInFlight / frameBytes, MostFramesInFlight);
}
