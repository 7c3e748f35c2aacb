namespace Stillhouse.Benchmarks.Measuring;

/// <summary>What every contestant reached in every round.</summary>
/// <param name="values">By name, one value per round.</param>
internal sealed class Scores(IReadOnlyDictionary<string, List<double>> values)
{
    /// <summary>Over all rounds.</summary>
    public Spread this[string name] => Spread.Of(values[name]);

    /// <summary>How much more <paramref name="name"/> reached than <paramref name="other"/>, round by round.</summary>
    public Spread Ratio(string name, string other) =>
        Spread.Of(values[name].Zip(values[other], (value, reference) => value / reference));
}
