using System.Globalization;

namespace Stillhouse.Benchmarks.Measuring;

/// <summary>What several measurements of the same came to.</summary>
internal readonly record struct Spread(double Median, double Least, double Greatest)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
        {
            throw new ArgumentException("Nothing was measured.", nameof(values));
        }

        var upper = sorted[sorted.Length / 2];
        var median = sorted.Length % 2 == 1 ? upper : (sorted[(sorted.Length / 2) - 1] + upper) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>For example <c>3.71 (3.65 to 3.80)</c>.</summary>
    public string Show(string format)
    {
        var culture = CultureInfo.InvariantCulture;
        return $"{Median.ToString(format, culture)} ({Least.ToString(format, culture)} to {Greatest.ToString(format, culture)})";
    }
}
