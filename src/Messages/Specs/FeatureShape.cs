using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>What one module of a network makes of a sample on the way to the logits, after its activation and any pooling.</summary>
/// <param name="Name">The module's, as its weights are called.</param>
/// <param name="Shape"><c>[units]</c> of a linear layer, <c>[channels, height, width]</c> of a convolution.</param>
public sealed record FeatureShape(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>Values per sample.</summary>
    [JsonIgnore]
    public int Size => Shape.Aggregate((product, side) => product * side);

    /// <summary>For example <c>conv1 [8, 14, 14]</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";

    public bool Equals(FeatureShape? other) => other is not null && Name == other.Name && Shape.SequenceEqual(other.Shape);

    public override int GetHashCode() => HashCode.Combine(Name, Size);
}
