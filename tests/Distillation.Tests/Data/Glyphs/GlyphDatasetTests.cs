using System.Globalization;
using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Data.Glyphs;

public class GlyphDatasetTests
{
    private static readonly GlyphDataSpec Small = new() { Seed = 5, Train = 60, Validation = 20, Test = 40 };

    [Fact]
    public void Load_Glyphs_HasTheShapeAndCountsOfTheSpec()
    {
        var glyphs = DatasetLoader.Load(Small);

        (glyphs.Kind, glyphs.Classes, glyphs.Shape).ShouldBe(("glyphs", 10, new SampleShape(1, 28, 28)));
        (glyphs.Train.Count, glyphs.Validation.Count, glyphs.Test.Count).ShouldBe((60, 20, 40));
        glyphs.Train.Pixels.Length.ShouldBe(60 * 784);
    }

    [Fact]
    public void Load_SameSeed_DrawsTheBytesThatEveryMachineDraws()
    {
        // Changes only with the drawing itself, and then every recorded figure on the built-in dataset changes too.
        var known = Digest.Parse("sha256:c27dafc480b50b64171dd6da688ffa91805de469be6eafa5c5e804228b278460", CultureInfo.InvariantCulture);

        DatasetLoader.Load(Small).Digest.ShouldBe(known);
    }

    [Fact]
    public void Load_OtherSeed_DrawsOtherSamples() =>
        DatasetLoader.Load(Small with { Seed = 6 }).Digest.ShouldNotBe(DatasetLoader.Load(Small).Digest);

    [Fact]
    public void Load_MoreSamples_BeginsWithTheSameOnes()
    {
        var (small, large) = (DatasetLoader.Load(Small), DatasetLoader.Load(Small with { Train = 90 }));

        large.Train.Pixels.Span[..small.Train.Pixels.Length].SequenceEqual(small.Train.Pixels.Span).ShouldBeTrue();
    }

    [Fact]
    public void Load_Splits_ShareNoSample()
    {
        var glyphs = DatasetLoader.Load(Small);

        Samples(glyphs.Train).Concat(Samples(glyphs.Validation)).Concat(Samples(glyphs.Test))
            .ShouldBeUnique();
    }

    [Fact]
    public void Load_EverySample_HasInkAndBackground() =>
        Samples(DatasetLoader.Load(Small).Train)
            .Select(Convert.FromHexString)
            .ShouldAllBe(pixels => pixels.Max() > 100 && pixels.Count(pixel => pixel < 100) > pixels.Length / 2);

    [Fact]
    public void Load_Labels_AreBalanced() =>
        DatasetLoader.Load(Small).Train.Labels.ToArray().CountBy(label => label).Select(pair => pair.Value)
            .ShouldBe(Enumerable.Repeat(6, 10));

    /// <summary>
    /// The means of the classes tell the digits of another split apart far better than chance: labels belong to pixels.
    /// </summary>
    [Fact]
    public void Load_Labels_SayWhatIsDrawn()
    {
        var glyphs = DatasetLoader.Load(Small with { Train = 3_000, Test = 1_000 });
        var means = Enumerable.Range(0, 10).Select(label => Mean(glyphs.Train, label)).ToArray();

        var right = Enumerable.Range(0, glyphs.Test.Count).Count(id =>
            means.Select(mean => Distance(mean, Sample(glyphs.Test, id))).Index().MinBy(pair => pair.Item).Index
            == glyphs.Test.Labels.Span[id]);

        right.ShouldBeGreaterThan(300);
    }

    private static IEnumerable<string> Samples(SampleSet split) =>
        Enumerable.Range(0, split.Count).Select(id => Convert.ToHexString(Sample(split, id).Span));

    private static ReadOnlyMemory<byte> Sample(SampleSet split, int id) => split.Pixels.Slice(id * 784, 784);

    private static double[] Mean(SampleSet split, int label)
    {
        var members = Enumerable.Range(0, split.Count).Where(id => split.Labels.Span[id] == label).ToArray();
        return [.. Enumerable.Range(0, 784).Select(pixel => members.Average(id => (double)split.Pixels.Span[(id * 784) + pixel]))];
    }

    private static double Distance(double[] mean, ReadOnlyMemory<byte> sample) =>
        mean.Zip(sample.ToArray(), (a, b) => (a - b) * (a - b)).Sum();
}
