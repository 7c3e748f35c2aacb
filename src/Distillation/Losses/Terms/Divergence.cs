using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>Divergences between distributions, from logarithms of their probabilities.</summary>
internal static class Divergence
{
    /// <summary><c>KL(p ‖ q) = Σ p·(log p - log q)</c>, summed over classes and batch.</summary>
    /// <param name="logP"><c>[B, C]</c>.</param>
    /// <param name="logQ"><c>[B, C]</c>.</param>
    public static Tensor Kl(Tensor logP, Tensor logQ) => (logP.exp() * (logP - logQ)).sum();
}
