using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

/// <summary>Two replicas, oak and elm, of one teacher, and a set that asks them.</summary>
internal sealed class ReplicaFixture : IAsyncDisposable
{
    public const int Block = 8;
    public const int LessonBytes = Block * 10 * sizeof(float);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LineAgreement _agreement;

    public ReplicaFixture(long budget = 1 << 20, bool shipsInputs = false, Action<ReplicaOptions>? configure = null)
    {
        Oak = new FakeReplica(Memory, "oak");
        Elm = new FakeReplica(Memory, "elm");
        Budget = new ByteBudget(budget);
        configure?.Invoke(Options);
        Metrics = new LessonMetrics(Meters, Budget);
        _agreement = new LineAgreement("wood", Digest.Of("wood"u8), Digest.Of("data"u8), new Fp32Codec(), shipsInputs);
        Set = SetOf(Oak, Elm);
    }

    public TimerTime Time { get; } = new();

    public CountedMemory Memory { get; } = new();

    public FakeReplica Oak { get; }

    public FakeReplica Elm { get; }

    public ByteBudget Budget { get; }

    public ReplicaOptions Options { get; } = new();

    public ToldObserver Observer { get; } = new();

    public LessonMetrics Metrics { get; }

    /// <summary>Who made the metrics' meter.</summary>
    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public ReplicaSet Set { get; }

    public static Lesson Lesson(int block) => new(Split.Train, View.Plain, new SampleRange(block * Block, Block));

    /// <summary>A set of its own, which can reach these replicas.</summary>
    public ReplicaSet SetOf(params FakeReplica[] replicas)
    {
        var set = new ReplicaSet(
            _agreement,
            lesson => new[] { (byte)lesson.Samples.First },
            new FakeOpener(replicas),
            Budget,
            Options,
            Metrics,
            Time);
        set.Observers.Add("wood", Observer);
        return set;
    }

    public void Move(params FakeReplica[] replicas) => Set.Move([.. replicas.Select(replica => replica.Endpoint)]);

    /// <summary>Asks, and frees the answer.</summary>
    /// <returns>The first sample of the answer.</returns>
    public Task<int> AskAsync(int block) => AskUntilAsync(block, TestContext.Current.CancellationToken);

    public async Task<int> AskUntilAsync(int block, CancellationToken cancellation)
    {
        var answer = await Set.AskAsync(Lesson(block), cancellation).OrFail();
        using var targets = answer.Targets;
        return targets.Lesson.Samples.First / Block;
    }

    /// <summary>Also sees to it that nothing is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await Set.DisposeAsync();
        (Memory.Bytes, Budget.InFlight, Oak.OpenLines, Elm.OpenLines).ShouldBe((0, 0, 0, 0));
        Metrics.Dispose();
        await _services.DisposeAsync();
    }
}
