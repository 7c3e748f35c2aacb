using System.ComponentModel;

namespace Stillhouse.Messages.Specs;

/// <summary>The network that a distill trial trains; the baseline is the same one trained without teachers.</summary>
public sealed record StudentSpec
{
    [Description("the network")]
    public required ModelSpec Model { get; init; }

    [Description("how it is trained, with teachers and without")]
    public TrainingSpec Training { get; init; } = new();
}
