using Stillhouse.Messages.Randomness;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

public class ParzenEstimatorTests
{
    private static readonly double[] Observed = [0.2, 0.21, 0.22, 0.9];

    [Fact]
    public void Density_OfARange_AddsUpToOne()
    {
        const int Parts = 10_000;
        var estimator = new NumericParzenEstimator(new NumericDimension("x", 0, 1, Step: null, Log: false), Observed);

        // Up to 1/√2π, which all Gaussians share.
        var sum = Enumerable.Range(0, Parts).Sum(i => Math.Exp(estimator.LogDensity((i + 0.5) / Parts))) / Parts;

        (sum / Math.Sqrt(2 * Math.PI)).ShouldBe(1, 1e-3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Density_OfSteppedValues_AddsUpToOne(bool log)
    {
        var dimension = new NumericDimension("x", 1, 30, 1, log);
        var estimator = new NumericParzenEstimator(dimension, [1, 1, 2, 28]);

        Enumerable.Range(0, 30).Sum(i => Math.Exp(estimator.LogDensity(dimension.At(i)))).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Density_OfCategories_AddsUpToOneAndFavoursTheObserved()
    {
        var estimator = new CategoricalParzenEstimator(new CategoricalDimension("x", [1, 2, 4]), [4, 4, 4, 1]);

        new[] { 1.0, 2, 4 }.Sum(value => Math.Exp(estimator.LogDensity(value))).ShouldBe(1, 1e-9);
        estimator.LogDensity(4).ShouldBeGreaterThan(estimator.LogDensity(1));
        estimator.LogDensity(1).ShouldBeGreaterThan(estimator.LogDensity(2));
    }

    [Fact]
    public void Density_WithoutObservations_IsThePriorAlone() =>
        new CategoricalParzenEstimator(new CategoricalDimension("x", [1, 2, 4, 8]), []).LogDensity(2).ShouldBe(Math.Log(0.25), 1e-12);

    [Fact]
    public void Draws_AreWhereTheDensityIs()
    {
        var estimator = new NumericParzenEstimator(new NumericDimension("x", 0, 1, Step: null, Log: false), Observed);
        var random = new SplitMix64(1);

        Enumerable.Range(0, 1_000).Count(_ => estimator.Draw(random) < 0.5).ShouldBeInRange(600, 850);
    }

    [Fact]
    public void Weights_OfOldObservations_FallTowardsTheOldest()
    {
        var weights = KernelWeights.Of(50);

        weights.Sum().ShouldBe(1, 1e-12);
        weights.ShouldBe(weights.Order());
        (weights[0] / weights[^1]).ShouldBe(1.0 / 50, 1e-12);
        weights[^26..].Distinct().ShouldHaveSingleItem();
    }
}
