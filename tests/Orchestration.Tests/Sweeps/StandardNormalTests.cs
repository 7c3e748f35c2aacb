using Stillhouse.Messages.Randomness;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

public class StandardNormalTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.84134474606854295)]
    [InlineData(-1.96, 0.024997895148220435)]
    [InlineData(3, 0.99865010196836991)]
    [InlineData(-7.9, 1.3945172e-15)]
    [InlineData(-40, 0)]
    [InlineData(40, 1)]
    public void Cumulative_HasTheKnownValues(double x, double expected) => StandardNormal.Cumulative(x).ShouldBe(expected, 2e-15);

    [Fact]
    public void Draws_HaveMeanZeroAndVarianceOne()
    {
        var random = new SplitMix64(1);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => StandardNormal.Draw(random)).ToArray();

        drawn.Average().ShouldBe(0, 0.03);
        drawn.Average(x => x * x).ShouldBe(1, 0.05);
    }
}
