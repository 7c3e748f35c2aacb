namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>A frame of soft targets: what one lesson's answer carries, in binary32.</summary>
/// <param name="Label">Its name in the table.</param>
/// <param name="Samples">Rows.</param>
/// <param name="Classes">Logits per row.</param>
internal sealed record FrameSize(string Label, int Samples, int Classes)
{
    /// <summary>The size whose figures are on the last line.</summary>
    public static FrameSize Reference { get; } = new("256 KB", 256, 256);

    /// <summary>From a batch of ten classes to a block of a thousand.</summary>
    public static IReadOnlyList<FrameSize> All { get; } =
    [
        new("5 KB", 128, 10),
        new("64 KB", 64, 256),
        Reference,
        new("1 MB", 256, 1024),
    ];

    public int Bytes => Samples * Classes * sizeof(float);
}
