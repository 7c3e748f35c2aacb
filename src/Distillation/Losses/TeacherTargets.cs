using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Decodes targets straight into the memory of tensors, which belong to the current dispose scope.</summary>
internal static class TeacherTargets
{
    /// <summary>Logits <c>[B, C]</c>.</summary>
    public static Tensor Logits(DenseTargets targets, Device device)
    {
        var logits_BC = empty([targets.Rows, targets.Classes], ScalarType.Float32);
        targets.CopyTo(MemoryMarshal.Cast<byte, float>(logits_BC.bytes));
        return logits_BC.to(device);
    }

    /// <summary>
    /// Logits <c>[B, C]</c> of targets that keep every class, up to a constant per row: <c>z = T·log p</c>, which can be
    /// tempered like any other.
    /// </summary>
    public static Tensor Logits(SparseTargets targets, Device device)
    {
        var (classes_BK, target_BK, _) = Kept(targets, device);
        return zeros_like(target_BK).scatter_(1, classes_BK, target_BK * targets.Temperature);
    }

    /// <summary>Classes <c>[B, K]</c>, logarithms of their probabilities <c>[B, K]</c>, and of the rest <c>[B]</c>, null if there is none.</summary>
    public static (Tensor Classes_BK, Tensor Target_BK, Tensor? Rest_B) Kept(SparseTargets targets, Device device)
    {
        var classes_BK = empty([targets.Rows, targets.Slots], ScalarType.Int64);
        var target_BK = empty([targets.Rows, targets.Slots], ScalarType.Float32);
        var rest_B = empty([targets.Rows], ScalarType.Float32);
        var rest = MemoryMarshal.Cast<byte, float>(rest_B.bytes);
        targets.CopyTo(MemoryMarshal.Cast<byte, long>(classes_BK.bytes), MemoryMarshal.Cast<byte, float>(target_BK.bytes), rest);
        var hasRest = rest.ContainsAnyExcept(float.NegativeInfinity);
        return (classes_BK.to(device), target_BK.to(device), hasRest ? rest_B.to(device) : null);
    }
}
