using Stillhouse.Messages.Randomness;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>A density along one dimension: a kernel around each observation, and the prior as one kernel more.</summary>
internal interface IParzenEstimator
{
    double Draw(SplitMix64 random);

    /// <summary>Up to a constant that is the same for all estimators of a dimension.</summary>
    double LogDensity(double value);
}

/// <summary>How much each kernel counts.</summary>
internal static class KernelWeights
{
    private const int FullWeights = 25;

    /// <summary>
    /// The newest 25 observations and the prior, which comes last, count 1; older ones less and less, down to 1/n (Bergstra
    /// et al. 2013, as in Hyperopt and Optuna). They add up to 1.
    /// </summary>
    public static double[] Of(int observations)
    {
        var older = Math.Max(0, observations - FullWeights);
        var first = 1.0 / Math.Max(1, observations);
        var weights = Enumerable.Range(0, observations + 1)
            .Select(i => i >= older ? 1 : first + ((1 - first) * i / Math.Max(1, older - 1)))
            .ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>A kernel, as likely as its weight.</summary>
    public static int Choose(double[] weights, SplitMix64 random)
    {
        var left = random.UnitDouble();
        var kernel = 0;
        while (kernel < weights.Length - 1 && left >= weights[kernel])
        {
            left -= weights[kernel++];
        }

        return kernel;
    }
}
