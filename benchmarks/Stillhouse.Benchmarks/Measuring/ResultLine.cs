using System.Globalization;

namespace Stillhouse.Benchmarks.Measuring;

/// <summary>The last line of a benchmark, for programs.</summary>
internal sealed record ResultLine(string Benchmark, params IReadOnlyList<(string Name, Figure Value)> Figures)
{
    public override string ToString() =>
        $"RESULT {Benchmark} {string.Join(' ', Figures.Select(figure => $"{figure.Name}={figure.Value}"))}";
}

/// <summary>A number with at most four decimals, for more would be noise; or whether something holds.</summary>
internal readonly record struct Figure(string Text)
{
    public static implicit operator Figure(double value) => new(value.ToString("0.####", CultureInfo.InvariantCulture));

    public static implicit operator Figure(bool holds) => new(holds ? "true" : "false");

    public override string ToString() => Text;
}
