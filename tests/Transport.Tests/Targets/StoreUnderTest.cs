using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Targets;

/// <summary>A store, what it logs and what it measures.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _measured = new();

    public StoreUnderTest(FakeTeacher teacher, TargetStoreOptions options, StoreSide? side = null)
    {
        Teacher = teacher;
        Store = new TargetStore(side ?? StoreSide.Student, options, Logger);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == Store.Metrics.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = instrument.Name["stillhouse.targets.".Length..] + string.Concat(tags.ToArray().Select(tag => $" {tag.Value}"));
            _measured.AddOrUpdate(name, value, (_, sum) => instrument.IsObservable ? value : sum + value);
        });
        _listener.Start();
    }

    public FakeTeacher Teacher { get; }

    public TargetStore Store { get; }

    public RecordingLogger<TargetStore> Logger { get; } = new();

    public Task<TargetAnswer> Ask(int block, CancellationToken? cancellation = null)
    {
        var key = FakeTeacher.Key(block);
        return Store.GetAsync(key, Teacher.Answer(key), cancellation ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Asks, checks every byte, hands the targets back, and says where they came from.</summary>
    public async Task<TargetOrigin> Use(int block, CancellationToken? cancellation = null)
    {
        var (targets, origin) = await Ask(block, cancellation);
        using (targets)
        {
            targets.Bytes.SequenceEqual(FakeTeacher.BytesOf(FakeTeacher.Key(block))).ShouldBeTrue($"block {block} from {origin}");
            return origin;
        }
    }

    /// <summary>The sum of a counter, or the state of a gauge, for example <c>hits memory</c>.</summary>
    public long Measured(string name)
    {
        _listener.RecordObservableInstruments();
        return _measured.GetValueOrDefault(name);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _listener.Dispose();
    }
}
