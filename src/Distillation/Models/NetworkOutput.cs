using static TorchSharp.torch;

namespace Stillhouse.Distillation.Models;

/// <summary>What a network makes of a batch.</summary>
/// <param name="Logits_BC"><c>[B, C]</c>.</param>
public sealed record NetworkOutput(Tensor Logits_BC)
{
    /// <summary>What the modules made of it that were asked for, by name: <c>[B, units]</c> or <c>[B, channels, height, width]</c>.</summary>
    public IReadOnlyDictionary<string, Tensor> Features { get; init; } = new Dictionary<string, Tensor>();
}
