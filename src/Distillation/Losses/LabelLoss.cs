using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Cross-entropy with the labels, averaged over the batch.</summary>
public static class LabelLoss
{
    /// <summary>
    /// <c>-Σ_c t_c·log p_c</c> with <c>t = (1 - smoothing)·onehot + smoothing/C</c> (Szegedy et al., 1512.00567, 7), a scalar.
    /// </summary>
    /// <param name="logits_BC">The student's logits, <c>[B, C]</c>.</param>
    /// <param name="labels_B"><c>[B]</c>, 64-bit integers.</param>
    /// <param name="smoothing">0 to below 1.</param>
    public static Tensor Of(Tensor logits_BC, Tensor labels_B, double smoothing) =>
        nn.functional.cross_entropy(logits_BC, labels_B, label_smoothing: smoothing);
}
