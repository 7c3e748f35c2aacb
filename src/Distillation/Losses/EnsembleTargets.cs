using System.Collections.Frozen;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Makes one target of several teachers' answers.</summary>
/// <param name="logits_MBC">One <c>[B, C]</c> per teacher, at least one.</param>
/// <param name="temperature">T, above 0.</param>
/// <returns>Logarithms of the target's probabilities at T, <c>[B, C]</c>, in memory of its own.</returns>
public delegate Tensor EnsembleTarget(IReadOnlyList<Tensor> logits_MBC, double temperature);

/// <summary>The ways to combine teachers, by the names that a spec uses.</summary>
public static class EnsembleTargets
{
    private static readonly FrozenDictionary<string, EnsembleTarget> ByName = new Dictionary<string, EnsembleTarget>
    {
        ["mean-probabilities"] = MeanProbabilities,
    }.ToFrozenDictionary();

    /// <summary>The combination of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static EnsembleTarget Named(string name) =>
        ByName.TryGetValue(name, out var target)
            ? target
            : throw new ArgumentException($"'{name}' is not a way to combine teachers; known are {string.Join(", ", ByName.Keys)}.", nameof(name));

    /// <summary>The mean of the teachers' probabilities: <c>log p̄ = logsumexp_m(log softmax(z_m / T)) - log M</c>.</summary>
    public static Tensor MeanProbabilities(IReadOnlyList<Tensor> logits_MBC, double temperature)
    {
        ArgumentNullException.ThrowIfNull(logits_MBC);
        using var scope = NewDisposeScope();
        var members_MBC = stack(logits_MBC.Select(logits_BC => nn.functional.log_softmax(logits_BC / temperature, 1)));
        return (members_MBC.logsumexp(0) - Math.Log(logits_MBC.Count)).MoveToOuterDisposeScope();
    }
}
