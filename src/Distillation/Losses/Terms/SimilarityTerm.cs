using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>‖G_s - G_t‖² / B²</c>, where <c>G</c> is <c>f·fᵀ</c> with rows of length 1: how similar the samples of a batch are to each other
/// (Tung and Mori, 1907.09682, 3).
/// </summary>
internal sealed class SimilarityTerm(SimilarityLossSpec spec) : FeatureTerm(spec)
{
    protected override Tensor Distance(FeaturePair pair) => (Similarities(pair.Student) - Similarities(pair.Teacher)).square().mean();

    /// <summary><c>[B, B]</c>.</summary>
    private static Tensor Similarities(Tensor feature)
    {
        var values_BD = feature.flatten(1);
        return nn.functional.normalize(values_BD.matmul(values_BD.t()), dim: 1);
    }
}
