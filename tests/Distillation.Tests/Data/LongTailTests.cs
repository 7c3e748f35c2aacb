using CsCheck;
using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Data;

public class LongTailTests
{
    [Fact]
    public void Thin_EvenClasses_KeepsExponentiallyFewer() =>
        LongTail.Thin(InTurn(3_000, classes: 3), 3, 100).PerClass(3).ShouldBe([1_000, 100, 10]);

    [Fact]
    public void Thin_KeepsTheFirstOfEachClass_InTheirOrder()
    {
        var thinned = LongTail.Thin(InTurn(12, classes: 2), 2, 3);

        thinned.Labels.ToArray().ShouldBe([0, 1, 0, 1, 0, 0, 0, 0]);
        thinned.Pixels.ToArray().ShouldBe([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 6, 6, 8, 8, 10, 10]);
    }

    [Fact]
    public void Thin_WithoutImbalance_IsTheSplitItself()
    {
        var samples = InTurn(10, classes: 3);
        LongTail.Thin(samples, 3, 1).ShouldBeSameAs(samples);
    }

    [Fact]
    public void Thin_AnyClasses_KeepsASampleOfEachThatHasOne() =>
        Gen.Select(Gen.Byte[0, 6].Array[1, 80], Gen.Double[1, 10_000]).Sample((labels, imbalance) =>
        {
            var kept = LongTail.Thin(new SampleSet(labels, labels), 7, imbalance);
            kept.Pixels.ToArray().ShouldBe(kept.Labels.ToArray());
            kept.PerClass(7).Select(count => count > 0).ShouldBe(Enumerable.Range(0, 7).Select(c => labels.Contains((byte)c)));
        });

    [Fact]
    public void Load_WithImbalance_ThinsTheTrainingSplitAlone_AndIsAnotherDataset()
    {
        var spec = new GlyphDataSpec { Train = 200, Validation = 20, Test = 30 };
        var (even, tailed) = (DatasetLoader.Load(spec), DatasetLoader.Load(spec with { Imbalance = 20 }));

        tailed.Train.PerClass(10).ShouldBe([20, 14, 10, 7, 5, 4, 3, 2, 1, 1]);
        tailed.Validation.Labels.ToArray().ShouldBe(even.Validation.Labels.ToArray());
        tailed.Test.Pixels.ToArray().ShouldBe(even.Test.Pixels.ToArray());
        tailed.Digest.ShouldNotBe(even.Digest);
    }

    /// <summary>Labels in turn; both pixels of a sample are its id.</summary>
    private static SampleSet InTurn(int count, int classes) => new(
        Enumerable.Range(0, count).SelectMany(id => new[] { (byte)id, (byte)id }).ToArray(),
        Enumerable.Range(0, count).Select(id => (byte)(id % classes)).ToArray());
}
