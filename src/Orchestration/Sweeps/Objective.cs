using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>What a trial is judged by, and which way is better.</summary>
public sealed record Objective(string Name, bool IsMaximised)
{
    /// <exception cref="ArgumentException">There is no such objective.</exception>
    public static Objective Of(string name) => name switch
    {
        ObjectiveName.Accuracy => new Objective(name, IsMaximised: true),
        ObjectiveName.Parameters or ObjectiveName.Latency => new Objective(name, IsMaximised: false),
        _ => throw new ArgumentException($"There is no objective {name}.", nameof(name)),
    };

    /// <summary>Less is better; what is not a number is worst.</summary>
    public double Cost(double value) => double.IsNaN(value) ? double.PositiveInfinity : IsMaximised ? -value : value;
}
