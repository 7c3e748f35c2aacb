using Stillhouse.Benchmarks.Measuring;

namespace Stillhouse.Benchmarks;

/// <summary>One comparison.</summary>
/// <param name="Name">What a person types.</param>
/// <param name="Purpose">What it compares, in one line.</param>
/// <param name="Options">Whole numbers that it takes as <c>--name N</c>, each with its default.</param>
/// <param name="RunAsync">Measures, prints its tables and returns the figures of the last line.</param>
internal sealed record Benchmark(
    string Name, string Purpose, Func<Session, Task<ResultLine>> RunAsync, params IReadOnlyList<(string Name, int Default)> Options);
