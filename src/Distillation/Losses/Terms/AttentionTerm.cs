using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>mean (Q_s - Q_t)²</c> with <c>Q = v / ‖v‖</c> and <c>v = mean_c f²</c>, one value for every place of a map (Zagoruyko and
/// Komodakis, 1612.03928, 3.1; mean as in their code).
/// </summary>
internal sealed class AttentionTerm(AttentionLossSpec spec) : FeatureTerm(spec)
{
    protected override Tensor Distance(FeaturePair pair) => (Attention(pair.Student) - Attention(pair.Teacher)).square().mean();

    /// <summary><c>[B, height · width]</c>.</summary>
    private static Tensor Attention(Tensor maps_BCHW) => nn.functional.normalize(maps_BCHW.square().mean([1]).flatten(1), dim: 1);
}
