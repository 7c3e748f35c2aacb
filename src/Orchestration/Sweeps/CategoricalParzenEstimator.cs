using Stillhouse.Messages.Randomness;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>Every observation spreads 1 over all categories and puts 1 more on its own; the prior is uniform.</summary>
internal sealed class CategoricalParzenEstimator : IParzenEstimator
{
    private readonly IReadOnlyList<double> _values;
    private readonly double[] _probabilities;

    public CategoricalParzenEstimator(CategoricalDimension dimension, IReadOnlyList<double> observations)
    {
        _values = dimension.Values;
        var weights = KernelWeights.Of(observations.Count);
        var spread = 1.0 / weights.Length;
        var total = 1 + (spread * _values.Count);
        _probabilities = new double[_values.Count];
        for (var i = 0; i < observations.Count; i++)
        {
            _probabilities[Position(observations[i])] += weights[i] / total;
        }

        var rest = (1 - _probabilities.Sum()) / _values.Count;
        _probabilities = [.. _probabilities.Select(probability => probability + rest)];
    }

    public double Draw(SplitMix64 random) => _values[KernelWeights.Choose(_probabilities, random)];

    public double LogDensity(double value) => Math.Log(_probabilities[Position(value)]);

    private int Position(double value) => Enumerable.Range(0, _values.Count).First(i => _values[i] == value);
}
