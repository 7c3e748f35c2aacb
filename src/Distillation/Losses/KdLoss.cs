using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Knowledge distillation (Hinton, Vinyals and Dean, 1503.02531).</summary>
public static class KdLoss
{
    /// <summary><c>alpha · T² · KL(teacher_T ‖ student_T) + (1 - alpha) · CE(student, label)</c>, a scalar.</summary>
    /// <param name="teacher_BC">Logarithms of the target's probabilities at <paramref name="temperature"/>, <c>[B, C]</c>.</param>
    /// <param name="logits_BC">The student's logits, <c>[B, C]</c>.</param>
    /// <param name="labels_B"><c>[B]</c>, 64-bit integers.</param>
    /// <param name="temperature">T, above 0.</param>
    /// <param name="alpha">0 to 1.</param>
    /// <param name="smoothing">The share of each label that is spread over all classes, 0 to below 1.</param>
    /// <remarks>Can be differentiated once: for small batches on the CPU it is the loss's tangent at these logits.</remarks>
    public static Tensor Of(
        Tensor teacher_BC, Tensor logits_BC, Tensor labels_B, double temperature, double alpha, double smoothing = 0) =>
        smoothing == 0 && FusedKdLoss.Fits(teacher_BC, logits_BC)
            ? FusedKdLoss.Of(teacher_BC, logits_BC, labels_B, temperature, alpha)
            : WithLabels(Soft(teacher_BC, logits_BC, temperature), logits_BC, labels_B, alpha, smoothing);

    /// <summary><c>alpha · soft + (1 - alpha) · CE(student, label)</c>, a scalar.</summary>
    /// <param name="soft">The soft part, T² included, a scalar.</param>
    /// <param name="logits_BC">The student's logits, <c>[B, C]</c>.</param>
    /// <param name="labels_B"><c>[B]</c>, 64-bit integers; not looked at where <paramref name="alpha"/> is 1.</param>
    /// <param name="alpha">0 to 1.</param>
    /// <param name="smoothing">The share of each label that is spread over all classes, 0 to below 1.</param>
    public static Tensor WithLabels(Tensor soft, Tensor logits_BC, Tensor labels_B, double alpha, double smoothing) =>
        alpha < 1 ? (alpha * soft) + ((1 - alpha) * LabelLoss.Of(logits_BC, labels_B, smoothing)) : soft;

    /// <summary>
    /// <c>T² · KL(teacher_T ‖ student_T)</c>, summed over classes and averaged over the batch. T² keeps the size of the
    /// gradient independent of the temperature.
    /// </summary>
    /// <param name="teacher_BC">Logarithms of the target's probabilities at <paramref name="temperature"/>, <c>[B, C]</c>.</param>
    /// <param name="logits_BC">The student's logits, <c>[B, C]</c>.</param>
    /// <param name="temperature">T, above 0.</param>
    public static Tensor Soft(Tensor teacher_BC, Tensor logits_BC, double temperature)
    {
        var student_BC = nn.functional.log_softmax(logits_BC / temperature, 1);
        var divergence = nn.functional.kl_div(student_BC, teacher_BC, log_target: true, nn.Reduction.Sum);
        return divergence * (temperature * temperature / logits_BC.shape[0]);
    }
}
