using System.Numerics;
using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

public class SearchSpaceTests
{
    [Fact]
    public void Grid_HasEveryPointExactlyOnce()
    {
        var space = SweepText.Space(SweepText.Grid);

        space.Size.ShouldBe(18);
        Enumerable.Range(0, 18).Select(position => space.At(position).ToString()).ToArray().ShouldSatisfyAllConditions(
            points => points.ShouldBeUnique(),
            points => points[0].ShouldBe("temperature=1 alpha=0.1 batchSize=32"),
            points => points[1].ShouldBe("temperature=1 alpha=0.1 batchSize=64"),
            points => points[2].ShouldBe("temperature=1 alpha=0.5 batchSize=32"),
            points => points[17].ShouldBe("temperature=4 alpha=0.9 batchSize=64"));
    }

    [Fact]
    public void Size_WithArchitectures_CountsThemToo() =>
        SweepText.Space(
            """
              architectures: [{kind: mlp, widths: [784, 10]}, {kind: mlp, widths: [784, 5, 10]}]
              parameters: [{kind: integer, path: seed, low: 1, high: 5}]
            """).Size.ShouldBe(10);

    [Fact]
    public void Size_OfAContinuousSpace_IsNotThere() => SweepText.Space(SweepText.Random).Size.ShouldBeNull();

    [Fact]
    public void Size_BeyondSixtyFourBits_IsExact()
    {
        IntegerParameterSpec[] wide = [.. Enumerable.Range(0, 3).Select(i => new IntegerParameterSpec { Path = $"{i}", Low = 0, High = (1L << 40) - 1 })];

        SearchSpace.Of(new SweepSpec { Parameters = wide }).Size.ShouldBe(BigInteger.Pow(2, 120));
    }

    [Theory]
    [InlineData(0, 1, 0.1, 11, 1)]
    [InlineData(0.1, 0.7, 0.2, 4, 0.7)]
    [InlineData(0, 1, 0.3, 4, 0.9)]
    [InlineData(32, 256, 100, 3, 232)]
    [InlineData(5, 6, 1, 2, 6)]
    public void Steps_GoAsFarAsTheRange(double low, double high, double step, int count, double last)
    {
        var dimension = new NumericDimension("path", low, high, step, Log: false);

        dimension.Count.ShouldBe(count);
        dimension.At(count - 1).ShouldBe(last);
        dimension.FromScale(high + step).ShouldBe(last);
    }

    [Fact]
    public void Draws_OfALogarithmicRange_AreAsManyInEachOrderOfMagnitude()
    {
        var dimension = new NumericDimension("path", 1e-4, 1, Step: null, Log: true);
        var random = new SplitMix64(1);

        var magnitudes = Enumerable.Range(0, 4_000).Select(_ => Math.Floor(Math.Log10(dimension.Draw(random)))).CountBy(m => m);

        magnitudes.Select(each => each.Value).ShouldAllBe(count => count > 900 && count < 1_100);
        magnitudes.Count().ShouldBe(4);
    }

    [Fact]
    public void Draws_OfSteppedValues_AreAsManyAtTheEndsAsBetween()
    {
        var dimension = new NumericDimension("path", 1, 4, 1, Log: false);
        var random = new SplitMix64(1);

        Enumerable.Range(0, 4_000).CountBy(_ => dimension.Draw(random)).OrderBy(each => each.Key).Select(each => each.Value)
            .ShouldAllBe(count => count > 900 && count < 1_100);
    }
}
