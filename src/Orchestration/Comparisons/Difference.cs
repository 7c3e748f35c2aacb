namespace Stillhouse.Orchestration.Comparisons;

/// <summary>Mean of B minus mean of A, with the interval that covers the true one in 95 of 100 comparisons.</summary>
/// <param name="Lower">The interval's lower end; null, as the following, where a side has one seed.</param>
/// <param name="Upper">The interval's upper end.</param>
/// <param name="Degrees">Degrees of freedom of Student's t.</param>
public sealed record Difference(double Mean, double? Lower, double? Upper, double? Degrees)
{
    /// <summary>How often such an interval covers the true difference.</summary>
    public const double Confidence = 0.95;

    /// <summary>Without an interval.</summary>
    public static Difference OfMeans(IReadOnlyList<double> a, IReadOnlyList<double> b) => new(b.Average() - a.Average(), null, null, null);

    /// <summary>The mean of the pairs' differences; seeds that are lucky on both sides cancel out.</summary>
    /// <param name="a">At least two values.</param>
    /// <param name="b">As many, in the same order of seeds.</param>
    public static Difference Paired(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double[] differences = a.Count == b.Count
            ? [.. a.Zip(b, (first, second) => second - first)]
            : throw new ArgumentException($"{a.Count} values cannot be paired with {b.Count}.", nameof(b));
        return Around(differences.Average(), VarianceOfMean(differences), differences.Length - 1);
    }

    /// <summary>
    /// For samples of different variance and size (Welch, "The generalization of Student's problem when several different
    /// population variances are involved", 1947). Where neither varies, the degrees of freedom are the least that there can be.
    /// </summary>
    /// <param name="a">At least two values.</param>
    /// <param name="b">At least two values.</param>
    public static Difference Welch(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var (ofA, ofB) = (VarianceOfMean(a), VarianceOfMean(b));
        var share = ofA / (ofA + ofB);
        var degrees = ofA + ofB > 0
            ? 1 / ((share * share / (a.Count - 1)) + ((1 - share) * (1 - share) / (b.Count - 1)))
            : Math.Min(a.Count, b.Count) - 1;
        return Around(b.Average() - a.Average(), ofA + ofB, degrees);
    }

    private static Difference Around(double mean, double variance, double degrees)
    {
        var half = StudentT.Quantile((1 + Confidence) / 2, degrees) * Math.Sqrt(variance);
        return new Difference(mean, mean - half, mean + half, degrees);
    }

    /// <summary>The unbiased variance of the values, divided by their number.</summary>
    private static double VarianceOfMean(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            throw new ArgumentException($"{values.Count} values say nothing of their variance.", nameof(values));
        }

        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count;
    }
}
