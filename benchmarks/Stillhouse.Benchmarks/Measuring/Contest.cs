namespace Stillhouse.Benchmarks.Measuring;

/// <summary>
/// Measures contestants in turn, A B A B: whatever slows the machine down for a while slows all of them. Figures are
/// compared within a round and never across rounds.
/// </summary>
internal static class Contest
{
    /// <param name="warmUps">Rounds that are played first and not counted: they pay for compilation and first touches.</param>
    /// <param name="rounds">Rounds that count, at least one.</param>
    public static async Task<Scores> PlayAsync(
        IReadOnlyList<Contestant> contestants, int warmUps, int rounds, CancellationToken cancellation)
    {
        for (var round = 0; round < warmUps; round++)
        {
            await PlayRoundAsync(contestants, cancellation);
        }

        var values = contestants.ToDictionary(contestant => contestant.Name, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (contestant, value) in contestants.Zip(await PlayRoundAsync(contestants, cancellation)))
            {
                values[contestant.Name].Add(value);
            }
        }

        return new Scores(values);
    }

    private static async Task<IReadOnlyList<double>> PlayRoundAsync(
        IReadOnlyList<Contestant> contestants, CancellationToken cancellation)
    {
        var values = new List<double>();
        foreach (var contestant in contestants)
        {
            cancellation.ThrowIfCancellationRequested();
            values.Add(await contestant.MeasureAsync(cancellation));
        }

        return values;
    }
}
