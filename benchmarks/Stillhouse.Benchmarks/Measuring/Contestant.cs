namespace Stillhouse.Benchmarks.Measuring;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="MeasureAsync">Does the work once and returns what it reached, for example samples per second.</param>
internal sealed record Contestant(string Name, Func<CancellationToken, Task<double>> MeasureAsync);
