using System.Numerics;
using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra et al., "Algorithms for hyper-parameter optimization", NeurIPS 2011), one
/// dimension at a time, with the constants of Optuna: draws from the density l of good trials the value for which l/g is
/// greatest, g being the density of all others. Trials that run or failed count as bad, so that trials under way at once
/// spread out (the constant liar). O(n) in the number of trials, for each candidate.
/// </summary>
public sealed class TpeSampler(SearchSpace space, TpeSamplerSpec options, Objective objective) : ISampler
{
    private const int MostGood = 25;

    public Assignment? Propose(SweepHistory history, long seed)
    {
        if (history.Ended < options.Startup)
        {
            return space.ProposeUntried(history, seed, options.Trials, space.Draw);
        }

        var contrasts = new Lazy<IReadOnlyList<Contrast>>(() => Fit(history));
        return space.ProposeUntried(
            history, seed, options.Trials, random => space.Assign([.. contrasts.Value.Select(contrast => Best(contrast, random))]));
    }

    public BigInteger Left(SweepHistory history) => space.Untried(history, options.Trials);

    private double Best(Contrast contrast, SplitMix64 random)
    {
        var (best, highest) = (0.0, double.NegativeInfinity);
        for (var i = 0; i < options.Candidates; i++)
        {
            var candidate = contrast.Good.Draw(random);
            var gain = contrast.Good.LogDensity(candidate) - contrast.Bad.LogDensity(candidate);
            if (gain > highest)
            {
                (best, highest) = (candidate, gain);
            }
        }

        return best;
    }

    private Contrast[] Fit(SweepHistory history)
    {
        var goodCount = Math.Min((int)Math.Ceiling(options.Gamma * history.Ended), MostGood);
        var good = history.Trials.Order(Comparer<SweepTrial>.Create(Compare)).Take(goodCount).Select(trial => trial.Number).ToHashSet();
        var (goodTrials, badTrials) = (history.Trials.Where(trial => good.Contains(trial.Number)).ToArray(),
            history.Trials.Where(trial => !good.Contains(trial.Number)).ToArray());
        return [.. space.Dimensions.Select((dimension, i) => new Contrast(Density(dimension, i, goodTrials), Density(dimension, i, badTrials)))];
    }

    private IParzenEstimator Density(Dimension dimension, int index, IEnumerable<SweepTrial> trials)
    {
        double[] values = [.. trials.Select(trial => space.Coordinate(trial.Assignment, index))];
        return dimension switch
        {
            CategoricalDimension categorical => new CategoricalParzenEstimator(categorical, values),
            NumericDimension numeric => new NumericParzenEstimator(numeric, values),
            _ => throw new InvalidOperationException($"No density for a {dimension.GetType().Name}."),
        };
    }

    /// <summary>Finished ones by their objective, then pruned ones by how far they came, then the rest; older ones first.</summary>
    private int Compare(SweepTrial a, SweepTrial b) => Rank(a).CompareTo(Rank(b));

    private (int State, int Epochs, double Cost, int Number) Rank(SweepTrial trial) => trial.State switch
    {
        SweepTrialState.Finished => (0, 0, objective.Cost(trial.Objectives[0]), trial.Number),
        SweepTrialState.Pruned => (1, -trial.Epochs, objective.Cost(trial.Objectives[0]), trial.Number),
        _ => (2, 0, 0, trial.Number),
    };

    private sealed record Contrast(IParzenEstimator Good, IParzenEstimator Bad);
}
