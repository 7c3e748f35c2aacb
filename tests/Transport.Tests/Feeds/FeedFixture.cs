using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Feeds;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Replicas;
using Stillhouse.Transport.Tests.Replicas;

namespace Stillhouse.Transport.Tests.Feeds;

/// <summary>22 samples in blocks of 4, a schedule of batches of 3 in no obvious order, and two teachers, oak and elm.</summary>
internal sealed class FeedFixture : IAsyncDisposable
{
    public const int Classes = 2;
    public const int Block = 4;

    /// <summary>Bytes of a whole block from both teachers.</summary>
    public const int BlockBytes = 2 * Block * Classes * sizeof(float);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LessonMetrics _metrics;
    private readonly List<LessonFeed> _feeds = [];

    public FeedFixture()
    {
        Oak = new FakeSource(Memory, 1_000);
        Elm = new FakeSource(Memory, 2_000);
        _metrics = new LessonMetrics(_services.GetRequiredService<IMeterFactory>(), new ByteBudget(1));
    }

    public static CanonicalBlocks Blocks { get; } = new(22, Block);

    /// <summary>They need blocks 0, 0 and 1, 1 and 0, 2 and 5, 5 and 2.</summary>
    public static Batch[] Schedule { get; } =
    [
        Batch(0, 3, 0, 1), Batch(1, 2, 7, 4), Batch(2, 5, 6, 2), Batch(3, 9, 8, 21), Batch(4, 20, 10, 11),
    ];

    public TimerTime Time { get; } = new();

    public CountedMemory Memory { get; } = new();

    public FakeSource Oak { get; }

    public FakeSource Elm { get; }

    public static Batch Batch(long number, params int[] samples) => new(number, Split.Train, View.Plain, samples);

    public static Lesson Lesson(int block) => new(Split.Train, View.Plain, Blocks[block]);

    public LessonFeed Open(long bytesAhead = 1 << 20, QuorumSpec? quorum = null, IEnumerable<Batch>? schedule = null)
    {
        var terms = new FeedTerms(
            [new FeedTeacher("oak", Oak, Classes), new FeedTeacher("elm", Elm, Classes)], new Fp32Codec(), Blocks, quorum);
        var feed = new LessonFeed(terms, schedule ?? Schedule, new LessonFeedOptions { BytesAhead = bytesAhead }, _metrics, Time);
        _feeds.Add(feed);
        return feed;
    }

    /// <summary>Takes on a thread of its own, as trials do, and gives the logits of class 0; null for a late teacher.</summary>
    public static Task<float[]?[]> TakeAsync(LessonFeed feed, Batch batch) =>
        TakeUntilAsync(feed, batch, TestContext.Current.CancellationToken);

    public static Task<float[]?[]> TakeUntilAsync(LessonFeed feed, Batch batch, CancellationToken cancellation) =>
        Task.Factory
            .StartNew(
                () => Take(feed, batch, cancellation),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)
            .OrFail();

    public static float[]?[] Take(LessonFeed feed, Batch batch, CancellationToken cancellation) =>
        [.. feed.Take(batch, cancellation).Select(targets => targets is null ? null : Read((DenseTargets)targets))];

    /// <summary>The logits of class 0 of each teacher, none of which is late.</summary>
    public static float[][] Read(IReadOnlyList<BatchTargets?> taken) => [.. taken.Select(targets => Read((DenseTargets)targets!))];

    /// <summary>What <see cref="TakeAsync"/> gives when nobody is late.</summary>
    public static float[][] Expected(Batch batch) =>
    [
        [.. batch.SampleIds.Select(sample => CountedMemory.Logit(sample, 0, 1_000))],
        [.. batch.SampleIds.Select(sample => CountedMemory.Logit(sample, 0, 2_000))],
    ];

    /// <summary>Also sees to it that nothing is left.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var feed in _feeds)
        {
            await feed.DisposeAsync();
        }

        Memory.Bytes.ShouldBe(0);
        _metrics.Dispose();
        await _services.DisposeAsync();
    }

    private static float[] Read(DenseTargets targets)
    {
        using (targets)
        {
            var logits = new float[targets.Rows * targets.Width];
            targets.CopyTo(logits);
            return [.. logits.Where((_, i) => i % targets.Width == 0)];
        }
    }
}
