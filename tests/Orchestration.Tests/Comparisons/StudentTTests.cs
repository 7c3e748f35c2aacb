using CsCheck;
using Stillhouse.Orchestration.Comparisons;

namespace Stillhouse.Orchestration.Tests.Comparisons;

public class StudentTTests
{
    /// <summary>Tabulated; those of degrees that are not whole by Simpson's rule over the density.</summary>
    [Theory]
    [InlineData(0.975, 1, 12.7062047362)]
    [InlineData(0.975, 2, 4.3026527297)]
    [InlineData(0.975, 2.5, 3.5746548420)]
    [InlineData(0.975, 4, 2.7764451052)]
    [InlineData(0.995, 3, 5.8409093097)]
    [InlineData(0.975, 30, 2.0422724563)]
    [InlineData(0.9, 120, 1.2886462337)]
    [InlineData(0.5, 7, 0)]
    [InlineData(0.025, 4, -2.7764451052)]
    public void Quantile_HasTheTabulatedValues(double probability, double degrees, double expected) =>
        StudentT.Quantile(probability, degrees).ShouldBe(expected, 2e-10);

    [Fact]
    public void Quantile_OfManyDegrees_IsThatOfTheNormalDistribution() => StudentT.Quantile(0.975, 1e7).ShouldBe(1.959964, 1e-6);

    /// <summary>Of 1 and 2 degrees there are closed forms.</summary>
    [Fact]
    public void Cumulative_OfFewDegrees_IsTheClosedForm() =>
        Gen.Double[-500, 500].Sample(t =>
        {
            StudentT.Cumulative(t, 1).ShouldBe(0.5 + (Math.Atan(t) / Math.PI), 1e-13);
            StudentT.Cumulative(t, 2).ShouldBe(0.5 + (t / (2 * Math.Sqrt(2 + (t * t)))), 1e-13);
        });

    [Fact]
    public void Quantile_IsTheInverseOfTheDistributionFunction() =>
        Gen.Select(Gen.Double[0.001, 0.999], Gen.Double[1, 300]).Sample((probability, degrees) =>
            StudentT.Cumulative(StudentT.Quantile(probability, degrees), degrees).ShouldBe(probability, 1e-12));

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(double.NaN, 3)]
    [InlineData(0.975, 0.5)]
    [InlineData(0.975, double.NaN)]
    [InlineData(0.975, double.PositiveInfinity)]
    public void Quantile_OfWhatHasNone_IsRefused(double probability, double degrees) =>
        Should.Throw<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, degrees));
}
