using System.Diagnostics.Metrics;

namespace Stillhouse.Transport.Targets;

/// <summary>What a store measures about itself, under the meter <see cref="MeterName"/>, tagged with its side of the wire.</summary>
internal sealed class TargetStoreMetrics : IDisposable
{
    public const string MeterName = "Stillhouse.Targets";

    private const string Block = "{block}";

    private static readonly string[] Names = ["memory", "file", "joined"];

    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _unwritten;
    private readonly Counter<long> _corruptFiles;

    public TargetStoreMetrics(StoreSide side)
    {
        Meter = new Meter(MeterName, version: null, [new("side", side.Name)]);
        _hits = Meter.CreateCounter<long>("stillhouse.targets.hits", Block, "Blocks that were there when asked for, or on their way.");
        _misses = Meter.CreateCounter<long>("stillhouse.targets.misses", Block, "Blocks that had to be fetched.");
        _evictions = Meter.CreateCounter<long>("stillhouse.targets.evictions", Block, "Blocks that a level had no room for any more.");
        _unwritten = Meter.CreateCounter<long>(
            "stillhouse.targets.unwritten", Block, "Blocks that did not get to disk: it was too slow, or failed.");
        _corruptFiles = Meter.CreateCounter<long>(
            "stillhouse.targets.corrupt_files", "{file}", "Files that were deleted because they were not what they should be.");
    }

    public Meter Meter { get; }

    public void Hit(StoreLevel level) => _hits.Add(1, Tag(level));

    public void Missed() => _misses.Add(1);

    public void Evicted(StoreLevel level) => _evictions.Add(1, Tag(level));

    public void NotWritten() => _unwritten.Add(1);

    public void Corrupt() => _corruptFiles.Add(1);

    public void Observe(StoreLevel level, Func<long> bytes) =>
        Meter.CreateObservableUpDownCounter(
            "stillhouse.targets.held", () => new Measurement<long>(bytes(), Tag(level)), "By", "Soft targets that a level holds.");

    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Tag(StoreLevel level) => new("level", Names[(int)level]);
}
