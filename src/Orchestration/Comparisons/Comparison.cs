using Stillhouse.Messages.Reports;

namespace Stillhouse.Orchestration.Comparisons;

/// <summary>Where the intervals of a comparison come from.</summary>
public enum IntervalMethod
{
    /// <summary>A side has one seed, which says nothing of how seeds differ.</summary>
    None,

    /// <summary>Both sides have the same seeds.</summary>
    Paired,

    /// <summary>They have not.</summary>
    Welch,
}

/// <summary>One run of a side.</summary>
/// <param name="Source">The folder of its results, or its id in a cluster, as a person named it.</param>
/// <param name="Predictions">The class that its student names for each test sample; null where that was not kept.</param>
public sealed record ComparedRun(string Source, RunReport Report, IReadOnlyList<int>? Predictions);

/// <summary>One figure of two sides.</summary>
/// <param name="A">The mean over the seeds of A; null where one of them has no such figure.</param>
/// <param name="B">The mean over the seeds of B, likewise.</param>
/// <param name="Difference">Null unless both are there.</param>
public sealed record ComparedFigure(Figure Figure, double? A, double? B, Difference? Difference);

/// <summary>The students of two sides on the same test samples.</summary>
/// <param name="A">By seed.</param>
/// <param name="B">By seed.</param>
public sealed record Comparison(
    IReadOnlyList<ComparedRun> A,
    IReadOnlyList<ComparedRun> B,
    IntervalMethod Method,
    IReadOnlyList<ComparedFigure> Figures,
    Churn Churn)
{
    /// <param name="a">At least one run, each with a seed of its own.</param>
    /// <param name="b">The same.</param>
    public static Comparison Of(IReadOnlyList<ComparedRun> a, IReadOnlyList<ComparedRun> b)
    {
        var (first, second) = (BySeed(a), BySeed(b));
        var method = MethodFor(first, second);
        return new Comparison(
            first,
            second,
            method,
            [.. Figure.All.Select(figure => Compare(figure, first, second, method))],
            Churn.Of([.. first.Select(run => run.Predictions)], [.. second.Select(run => run.Predictions)]));
    }

    private static ComparedRun[] BySeed(IReadOnlyList<ComparedRun> side) => [.. side.OrderBy(run => run.Report.Seed)];

    private static IntervalMethod MethodFor(ComparedRun[] a, ComparedRun[] b) =>
        a.Length < 2 || b.Length < 2 ? IntervalMethod.None
        : a.Select(run => run.Report.Seed).SequenceEqual(b.Select(run => run.Report.Seed)) ? IntervalMethod.Paired
        : IntervalMethod.Welch;

    private static ComparedFigure Compare(Figure figure, ComparedRun[] a, ComparedRun[] b, IntervalMethod method)
    {
        var (ofA, ofB) = (Values(figure, a), Values(figure, b));
        return new ComparedFigure(
            figure, ofA?.Average(), ofB?.Average(), ofA is not null && ofB is not null ? Subtract(ofA, ofB, method) : null);
    }

    private static double[]? Values(Figure figure, ComparedRun[] side)
    {
        double[] values = [.. side.Select(run => figure.Of(run.Report.Student)).OfType<double>()];
        return values.Length == side.Length ? values : null;
    }

    private static Difference Subtract(double[] a, double[] b, IntervalMethod method) => method switch
    {
        IntervalMethod.Paired => Difference.Paired(a, b),
        IntervalMethod.Welch => Difference.Welch(a, b),
        _ => Difference.OfMeans(a, b),
    };
}
