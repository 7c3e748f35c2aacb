using System.Runtime.InteropServices;
using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Decodes targets straight into the memory of tensors, which belong to the current dispose scope.</summary>
internal static class TeacherTargets
{
    /// <summary>Logits <c>[B, C]</c>, up to a constant per row, and features.</summary>
    /// <param name="features">What follows the logits in every row.</param>
    /// <exception cref="InvalidOperationException">Some class was not kept: its logit cannot be told.</exception>
    public static NetworkOutput Output(BatchTargets targets, IReadOnlyList<FeatureShape> features, Device device) => targets switch
    {
        DenseTargets dense => Output(dense, features, device),
        SparseTargets sparse => new NetworkOutput(Logits(sparse, device)),
        _ => throw new ArgumentException($"No logits are known of {targets.GetType().Name}.", nameof(targets)),
    };

    private static NetworkOutput Output(DenseTargets targets, IReadOnlyList<FeatureShape> features, Device device)
    {
        var values_BW = empty([targets.Rows, targets.Width], ScalarType.Float32);
        targets.CopyTo(MemoryMarshal.Cast<byte, float>(values_BW.bytes));
        values_BW = values_BW.to(device);
        if (features.Count == 0)
        {
            return new NetworkOutput(values_BW);
        }

        var classes = targets.Width - features.Sum(feature => feature.Size);
        var parts = values_BW.split([classes, .. features.Select(feature => (long)feature.Size)], dim: 1);
        return new NetworkOutput(parts[0])
        {
            Features = features
                .Zip(parts.Skip(1), (feature, part) => (feature.Name, Value: part.reshape([targets.Rows, .. feature.Shape.Select(side => (long)side)])))
                .ToDictionary(feature => feature.Name, feature => feature.Value),
        };
    }

    /// <summary><c>z = T·log p</c>, which can be tempered like any other.</summary>
    private static Tensor Logits(SparseTargets targets, Device device)
    {
        var (classes_BK, target_BK, _) = Kept(targets, device);
        if (targets.Slots < targets.Classes || !target_BK.isfinite().all().item<bool>())
        {
            throw new InvalidOperationException(
                $"Targets that keep some of {targets.Classes} classes at temperature {targets.Temperature} have no logits, "
                + "and can be neither tempered nor averaged as such.");
        }

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
