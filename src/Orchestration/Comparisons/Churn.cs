namespace Stillhouse.Orchestration.Comparisons;

/// <summary>The share of test samples on which two students disagree (Milani Fard et al., "Launch and iterate", 2016), mean over pairs.</summary>
/// <param name="WithinA">Of every two runs of A; null where there are not two, or one has no predictions.</param>
/// <param name="WithinB">Of every two runs of B.</param>
/// <param name="Between">Of every run of A with every run of B; null where one has no predictions.</param>
public sealed record Churn(double? WithinA, double? WithinB, double? Between)
{
    /// <param name="a">Of each run of A the class that its student names for each test sample; null for a run without.</param>
    /// <param name="b">The same of B.</param>
    public static Churn Of(IReadOnlyList<IReadOnlyList<int>?> a, IReadOnlyList<IReadOnlyList<int>?> b)
    {
        var (all, others) = (Complete(a), Complete(b));
        return new Churn(Within(all), Within(others), Mean(all.SelectMany(_ => others, Disagreement)));
    }

    /// <summary>Of two lists of N classes the share of places in which they differ, 0 to 1.</summary>
    public static double Disagreement(IReadOnlyList<int> first, IReadOnlyList<int> second) =>
        first.Count == second.Count
            ? (double)first.Zip(second).Count(pair => pair.First != pair.Second) / first.Count
            : throw new ArgumentException($"{first.Count} predictions cannot be compared with {second.Count}.", nameof(second));

    private static double? Within(IReadOnlyList<IReadOnlyList<int>> runs) =>
        Mean(runs.SelectMany((run, index) => runs.Skip(index + 1).Select(other => Disagreement(run, other))));

    private static double? Mean(IEnumerable<double> shares) => shares.Average(share => (double?)share);

    /// <summary>None unless all are there: a mean over some of the pairs would not say which.</summary>
    private static IReadOnlyList<int>[] Complete(IReadOnlyList<IReadOnlyList<int>?> runs)
    {
        IReadOnlyList<int>[] there = [.. runs.OfType<IReadOnlyList<int>>()];
        return there.Length == runs.Count ? there : [];
    }
}
