using Stillhouse.Benchmarks.Measuring;

namespace Stillhouse.Benchmarks.Tests.Measuring;

public class SpreadTests
{
    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5)]
    [InlineData(new[] { 7.0 }, 7)]
    public void Median_IsTheMiddle(double[] values, double median) => Spread.Of(values).Median.ShouldBe(median);

    [Fact]
    public void Spread_OfNothing_IsRefused() => Should.Throw<ArgumentException>(() => Spread.Of([]));

    [Fact]
    public void Spread_ShowsItsEnds() => Spread.Of([3, 1, 2]).Show("0.0").ShouldBe("2.0 (1.0 to 3.0)");

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    public void Percentile_IsTheNearestRank(double share, double expected) =>
        Percentile.Of([.. Enumerable.Range(1, 100).Reverse().Select(value => (double)value)], share).ShouldBe(expected);
}
