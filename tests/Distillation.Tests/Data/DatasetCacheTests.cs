using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Tests.Data;

public class DatasetCacheTests
{
    private static readonly GlyphDataSpec Source = new() { Train = 10, Validation = 10, Test = 10 };
    private static readonly Dataset Glyphs = DatasetLoader.Load(Source);
    private static readonly DatasetReference Reference = new(Source, Glyphs.Digest);

    private int _loads;

    [Fact]
    public void Get_SameReferenceAgain_SharesTheDataset()
    {
        var cache = Counting(_ => Glyphs);

        cache.Get(Reference).ShouldBeSameAs(cache.Get(Reference with { Source = Source with { } }));
        _loads.ShouldBe(1);
    }

    [Fact]
    public async Task Get_ManyAtTheSameTime_LoadsOnce()
    {
        const int Callers = 4;
        using var ready = new CountdownEvent(Callers);
        var cache = Counting(_ => Glyphs);

        var got = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                ready.Signal();
                ready.Wait(TestContext.Current.CancellationToken);
                return cache.Get(Reference);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        got.ShouldAllBe(dataset => ReferenceEquals(dataset, Glyphs));
        _loads.ShouldBe(1);
    }

    [Fact]
    public void Get_OtherContent_IsRefusedWithBothDigests()
    {
        var asked = Digest.Of("other"u8);

        var problem = Should.Throw<DataException>(() => Counting(_ => Glyphs).Get(new DatasetReference(Source, asked)))
            .Problems.ShouldHaveSingleItem();
        problem.Place.ShouldBe("glyphs dataset");
        problem.Found.ShouldBe(Glyphs.Digest.ToString());
        problem.Expected.ShouldBe(asked.ToString());
    }

    [Fact]
    public void Get_AfterAFailure_TriesAgain()
    {
        var cache = Counting(load => load == 1 ? throw new DataException(new DataProblem("a", "b", "c", "d")) : Glyphs);

        Should.Throw<DataException>(() => cache.Get(Reference));
        cache.Get(Reference).ShouldBeSameAs(Glyphs);
    }

    [Fact]
    public void Get_FilesReplacedAndSubmittedAnew_LoadsThemAgain()
    {
        var replaced = DatasetLoader.Load(Source with { Seed = 2 });
        var cache = Counting(load => load == 1 ? Glyphs : replaced);

        cache.Get(Reference).ShouldBeSameAs(Glyphs);
        cache.Get(Reference with { Digest = replaced.Digest }).ShouldBeSameAs(replaced);
    }

    private DatasetCache Counting(Func<int, Dataset> load) => new(_ => load(Interlocked.Increment(ref _loads)));
}
