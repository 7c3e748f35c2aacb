using CsCheck;
using Stillhouse.Orchestration.Comparisons;

namespace Stillhouse.Orchestration.Tests.Comparisons;

public class DifferenceTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-10, 10].Array[2, 6];

    /// <summary>Differences 1, 2, 0: mean 1, variance 1, 2 degrees of freedom.</summary>
    [Fact]
    public void Paired_ByHand()
    {
        var half = 4.3026527297 / Math.Sqrt(3);

        var difference = Difference.Paired([1, 2, 3], [2, 4, 3]);

        difference.Mean.ShouldBe(1, 1e-12);
        difference.Lower!.Value.ShouldBe(1 - half, 1e-9);
        difference.Upper!.Value.ShouldBe(1 + half, 1e-9);
        difference.Degrees.ShouldBe(2);
    }

    /// <summary>Variances 5/3 of four and 2 of two: of the means 5/12 and 1; 289 / (25/3 + 144) degrees of freedom.</summary>
    [Fact]
    public void Welch_ByHand()
    {
        var half = 4.5340852040 * Math.Sqrt(17.0 / 12);

        var difference = Difference.Welch([1, 2, 3, 4], [2, 4]);

        difference.Mean.ShouldBe(0.5, 1e-12);
        difference.Lower!.Value.ShouldBe(0.5 - half, 1e-9);
        difference.Upper!.Value.ShouldBe(0.5 + half, 1e-9);
        difference.Degrees!.Value.ShouldBe(867.0 / 457, 1e-12);
    }

    [Fact]
    public void Welch_OfValuesThatDoNotVary_HasAnIntervalWithoutWidth() =>
        Difference.Welch([1, 1, 1], [3, 3]).ShouldBe(new Difference(2, 2, 2, 1));

    [Fact]
    public void Means_OfOneValueEach_HaveNoInterval() => Difference.OfMeans([1], [3]).ShouldBe(new Difference(2, null, null, null));

    [Fact]
    public void Degrees_OfWelch_AreBetweenThoseOfTheSmallerSideAndThoseOfBoth() =>
        Gen.Select(Values, Values).Sample((a, b) => Difference.Welch(a, b).Degrees!.Value.ShouldBeInRange(
            Math.Min(a.Length, b.Length) - 1 - 1e-9, a.Length + b.Length - 2 + 1e-9));

    [Fact]
    public void Sides_Exchanged_TurnTheIntervalRound() =>
        Gen.Select(Values, Values).Sample((a, b) =>
        {
            var (there, back) = (Difference.Welch(a, b), Difference.Welch(b, a));
            back.Mean.ShouldBe(-there.Mean, 1e-9);
            back.Lower!.Value.ShouldBe(-there.Upper!.Value, 1e-6);
        });

    [Fact]
    public void Values_TooFewOrWithoutAPartner_AreRefused()
    {
        Should.Throw<ArgumentException>(() => Difference.Paired([1, 2], [1])).Message.ShouldStartWith("2 values cannot be paired with 1.");
        Should.Throw<ArgumentException>(() => Difference.Welch([1, 2], [1])).Message.ShouldStartWith("1 values say nothing of their variance.");
    }
}
