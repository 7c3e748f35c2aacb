using Stillhouse.Messages.Randomness;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>One axis of a search space.</summary>
/// <param name="Path">The number of the spec that it sets.</param>
public abstract record Dimension(string Path)
{
    /// <summary>How many values there are; null where they cannot be counted.</summary>
    public abstract long? Count { get; }

    /// <summary>The value at a position from 0 to <see cref="Count"/> - 1.</summary>
    public abstract double At(long position);

    /// <summary>A value drawn from the prior.</summary>
    public abstract double Draw(SplitMix64 random);
}

/// <summary>Values without an order between them.</summary>
public sealed record CategoricalDimension(string Path, IReadOnlyList<double> Values) : Dimension(Path)
{
    public override long? Count => Values.Count;

    public override double At(long position) => Values[(int)position];

    public override double Draw(SplitMix64 random) => Values[random.Below(Values.Count)];
}

/// <summary>A range, with a step or without; with <paramref name="Log"/> its logarithm is what is uniform.</summary>
public sealed record NumericDimension(string Path, double Low, double High, double? Step, bool Log) : Dimension(Path)
{
    /// <summary>So that the last bits of a machine's logarithm do not matter, and a person can copy a value.</summary>
    private const string DrawnDigits = "G9";

    /// <summary>Takes off what adding up steps leaves, as in 0.1 + 2 · 0.1.</summary>
    private const string SteppedDigits = "G12";

    /// <summary>Forgives what division leaves of a step that ends at <see cref="High"/>.</summary>
    private const double Slack = 1e-9;

    public override long? Count => Step is { } step ? (long)(((High - Low) / step) + Slack) + 1 : null;

    /// <summary>The range on the scale where the prior is uniform; half a step wider on both sides, as each value stands for a step.</summary>
    public (double Low, double High) Scale => (OnScale(Low - (Step / 2 ?? 0)), OnScale(Greatest + (Step / 2 ?? 0)));

    private double Greatest => Step is null ? High : At(Count!.Value - 1);

    public override double At(long position)
    {
        var value = Low + (position * Step!.Value);
        return double.IsInteger(value) ? value : double.Parse(value.ToString(SteppedDigits));
    }

    public override double Draw(SplitMix64 random)
    {
        var (low, high) = Scale;
        return FromScale(low + ((high - low) * random.UnitDouble()));
    }

    public double OnScale(double value) => Log ? Math.Log(value) : value;

    /// <summary>The value of the range that is nearest to a place on the scale.</summary>
    public double FromScale(double place)
    {
        var value = Log ? Math.Exp(place) : place;
        return Step is { } step
            ? At((long)Math.Clamp(Math.Round((value - Low) / step), 0, Count!.Value - 1))
            : Math.Clamp(double.Parse(value.ToString(DrawnDigits)), Low, High);
    }
}
