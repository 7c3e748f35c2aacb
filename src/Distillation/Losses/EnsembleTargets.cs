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
        [EnsembleName.LearntProbabilities] = WeightedProbabilities,
        [EnsembleName.RoutedProbabilities] = WeightedProbabilities,
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

    /// <summary>
    /// <see cref="WeightedProbabilities"/> with weights of its own for each sample: those of the class that has the highest mean probability
    /// at temperature 1.
    /// </summary>
    /// <param name="weights_CM">One per class and teacher, above 0; only their ratios within a class count.</param>
    public static Tensor RoutedProbabilities(IReadOnlyList<Tensor> logits_MBC, IReadOnlyList<double[]> weights_CM, double temperature)
    {
        ArgumentNullException.ThrowIfNull(logits_MBC);
        ArgumentNullException.ThrowIfNull(weights_CM);
        using var scope = NewDisposeScope();
        var predicted_B = MeanProbabilities(logits_MBC, 1).argmax(1);
        var shares = weights_CM.SelectMany(weights_M => weights_M.Select(weight => weight / weights_M.Sum())).ToArray();
        var logShares_CM = tensor(shares, [weights_CM.Count, logits_MBC.Count], device: logits_MBC[0].device).log().to(logits_MBC[0].dtype);
        var logShares_BM1 = logShares_CM.index_select(0, predicted_B).unsqueeze(2);
        var members_BMC = stack([.. logits_MBC.Select(logits_BC => nn.functional.log_softmax(logits_BC / temperature, 1))], 1);
        return (members_BMC + logShares_BM1).logsumexp(1).MoveToOuterDisposeScope();
    }
}
