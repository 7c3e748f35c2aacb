using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>λ_d·h(ψ_s - ψ_t) + λ_a·h(cos_s - cos_t)</c>, h being Huber's loss, averaged: ψ are the distances between two samples in units of
/// their mean, cos the cosine of the angle between two samples as seen from a third (Park et al., 1904.05068, 3.2).
/// </summary>
internal sealed class RkdTerm(RkdLossSpec spec) : FeatureTerm(spec)
{
    /// <summary>Of a squared distance, so that its root has a gradient; as in their code.</summary>
    private const double Least = 1e-12;

    protected override Tensor Distance(FeaturePair pair)
    {
        var (student_BBD, teacher_BBD) = (Differences(pair.Student), Differences(pair.Teacher));
        var distances = spec.Distance * nn.functional.smooth_l1_loss(Distances(student_BBD), Distances(teacher_BBD));
        return spec.Angle == 0
            ? distances
            : distances + (spec.Angle * nn.functional.smooth_l1_loss(Cosines(student_BBD), Cosines(teacher_BBD)));
    }

    private static Tensor Differences(Tensor feature)
    {
        var values_BD = feature.flatten(1);
        return values_BD.unsqueeze(0) - values_BD.unsqueeze(1);
    }

    /// <summary><c>[B, B]</c>; a batch of one sample has none but its own, 0.</summary>
    private static Tensor Distances(Tensor differences_BBD)
    {
        var batch = differences_BBD.shape[0];
        var others_BB = 1 - eye(batch, dtype: differences_BBD.dtype, device: differences_BBD.device);
        var distances_BB = differences_BBD.square().sum(2).clamp_min(Least).sqrt() * others_BB;
        return distances_BB * Math.Max(1, batch * (batch - 1)) / distances_BB.sum().clamp_min(Least);
    }

    /// <summary><c>[B, B, B]</c>: of the differences of j and k from i.</summary>
    private static Tensor Cosines(Tensor differences_BBD)
    {
        var directions_BBD = nn.functional.normalize(differences_BBD, dim: 2);
        return directions_BBD.bmm(directions_BBD.transpose(1, 2));
    }
}
