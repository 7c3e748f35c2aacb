using System.Globalization;

namespace Stillhouse.Benchmarks.Measuring;

/// <summary>The last line of a benchmark, for programs.</summary>
internal sealed record ResultLine(string Benchmark, params IReadOnlyList<(string Name, double Value)> Figures)
{
    public override string ToString() =>
        $"RESULT {Benchmark} {string.Join(' ', Figures.Select(figure => $"{figure.Name}={Number(figure.Value)}"))}";

    /// <summary>At most four decimals: more would be noise.</summary>
    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
