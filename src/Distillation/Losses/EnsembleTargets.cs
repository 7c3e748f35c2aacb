using System.Collections.Frozen;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Combines the logits of several teachers into one target.</summary>
/// <param name="logits_MBC">One <c>[B, C]</c> per teacher, at least one.</param>
/// <param name="weights_M">One per teacher, adding up to 1; used where the combination is weighted.</param>
/// <param name="temperature">T, above 0.</param>
/// <returns>Logarithms of the target's probabilities at T, <c>[B, C]</c>, in memory of its own.</returns>
public delegate Tensor EnsembleTarget(IReadOnlyList<Tensor> logits_MBC, IReadOnlyList<double> weights_M, double temperature);

/// <summary>The ways to combine teachers, by the names that a spec uses.</summary>
public static class EnsembleTargets
{
    private static readonly FrozenDictionary<string, EnsembleTarget> ByName = new Dictionary<string, EnsembleTarget>
    {
        [EnsembleName.MeanProbabilities] = (logits_MBC, _, temperature) => MeanProbabilities(logits_MBC, temperature),
        [EnsembleName.MeanLogits] = (logits_MBC, _, temperature) => MeanLogits(logits_MBC, temperature),
        [EnsembleName.WeightedProbabilities] = WeightedProbabilities,
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
        return WeightedProbabilities(logits_MBC, [.. Enumerable.Repeat(1.0 / logits_MBC.Count, logits_MBC.Count)], temperature);
    }

    /// <summary>The softmax of the mean of the teachers' logits: <c>log softmax(Σ_m z_m / (M·T))</c>.</summary>
    public static Tensor MeanLogits(IReadOnlyList<Tensor> logits_MBC, double temperature)
    {
        ArgumentNullException.ThrowIfNull(logits_MBC);
        using var scope = NewDisposeScope();
        return nn.functional.log_softmax(stack(logits_MBC).mean([0]) / temperature, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The weighted mean of the teachers' probabilities: <c>log p̄ = logsumexp_m(log w_m + log softmax(z_m / T))</c>.</summary>
    public static Tensor WeightedProbabilities(IReadOnlyList<Tensor> logits_MBC, IReadOnlyList<double> weights_M, double temperature)
    {
        ArgumentNullException.ThrowIfNull(logits_MBC);
        ArgumentNullException.ThrowIfNull(weights_M);
        using var scope = NewDisposeScope();
        var members_MBC = logits_MBC.Zip(weights_M, (logits_BC, weight) =>
        {
            var member_BC = nn.functional.log_softmax(logits_BC / temperature, 1);
            return weight == 1 ? member_BC : member_BC.add_(Math.Log(weight));
        }).ToArray();
        return (members_MBC is [var only] ? only : stack(members_MBC).logsumexp(0)).MoveToOuterDisposeScope();
    }
}
