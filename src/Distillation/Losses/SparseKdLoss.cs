using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>
/// Distillation from the probabilities of some classes. Those that were kept are compared one by one, all others as one
/// bucket: a lower bound of the full divergence, zero if and only if all buckets agree. Targets without a bucket, drawn at
/// random, have the gradient of the full divergence on average (2503.16870).
/// </summary>
public static class SparseKdLoss
{
    /// <summary><c>T² · (Σ_k p_k·(log p_k - log q_k) + p_rest·(log p_rest - log q_rest))</c>, averaged over the batch.</summary>
    /// <param name="classes_BK">Kept classes, <c>[B, K]</c>, 64-bit integers.</param>
    /// <param name="target_BK">Logarithms of their probabilities at T, <c>[B, K]</c>; negative infinity for a slot that is not used.</param>
    /// <param name="rest_B">
    /// Logarithms of what all other classes have together, <c>[B]</c>; negative infinity where that is nothing. Null where it
    /// is nothing throughout.
    /// </param>
    /// <param name="logits_BC">The student's logits, <c>[B, C]</c>.</param>
    /// <param name="temperature">T, above 0: that of the targets.</param>
    public static Tensor Soft(Tensor classes_BK, Tensor target_BK, Tensor? rest_B, Tensor logits_BC, double temperature)
    {
        ArgumentNullException.ThrowIfNull(target_BK);
        ArgumentNullException.ThrowIfNull(logits_BC);
        using var scope = NewDisposeScope();
        var student_BC = nn.functional.log_softmax(logits_BC / temperature, 1);
        var kept = Divergence(target_BK, student_BC.gather(1, classes_BK));
        var divergence = rest_B is null ? kept : kept + Divergence(rest_B, Rest(student_BC, classes_BK, target_BK, rest_B));
        return (divergence * (temperature * temperature / logits_BC.shape[0])).MoveToOuterDisposeScope();
    }

    /// <summary><c>Σ p·(log p - log q)</c> over all entries, 0 where p is.</summary>
    private static Tensor Divergence(Tensor logP, Tensor logQ)
    {
        var p = logP.exp();
        return (p * (logP.masked_fill(p.eq(0), 0) - logQ)).sum();
    }

    /// <summary>
    /// Logarithms of what the student gives all classes that were not kept, <c>[B]</c>; 0 where the target gives them
    /// nothing, so that no infinity meets a gradient.
    /// </summary>
    private static Tensor Rest(Tensor student_BC, Tensor classes_BK, Tensor target_BK, Tensor rest_B)
    {
        var used_BK = target_BK.isfinite().to(student_BC.dtype);
        var kept_BC = zeros_like(student_BC).scatter_add(1, classes_BK, used_BK).gt(0);
        var none_B1 = rest_B.isfinite().logical_not().unsqueeze(1);
        var others_BC = student_BC.masked_fill(kept_BC.logical_and(none_B1.logical_not()), double.NegativeInfinity);
        return others_BC.logsumexp(1);
    }
}
