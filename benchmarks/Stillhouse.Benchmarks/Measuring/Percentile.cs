namespace Stillhouse.Benchmarks.Measuring;

internal static class Percentile
{
    /// <summary>The least value that at least <paramref name="share"/> of all values do not exceed (nearest rank).</summary>
    /// <param name="values">At least one.</param>
    /// <param name="share">In (0, 1].</param>
    public static double Of(IReadOnlyCollection<double> values, double share) =>
        values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * values.Count) - 1));
}
