using Stillhouse.Messages.Randomness;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>
/// Gaussians cut off at the ends of the range. Each is as wide as the farther of its neighbours is away, within the "magic
/// clip" of (range / min(100, kernels + 1), range); the prior lies in the middle and is as wide as the range. Where values
/// have a step, a value has the mass of the step around it.
/// </summary>
internal sealed class NumericParzenEstimator : IParzenEstimator
{
    private const double NarrowestShare = 100;

    /// <summary>Keeps the logarithm finite where all kernels are far away.</summary>
    private const double LeastDensity = 1e-300;

    private readonly NumericDimension _dimension;
    private readonly double[] _weights;
    private readonly Kernel[] _kernels;
    private readonly double _low;
    private readonly double _high;

    public NumericParzenEstimator(NumericDimension dimension, IReadOnlyList<double> observations)
    {
        _dimension = dimension;
        (_low, _high) = dimension.Scale;
        _weights = KernelWeights.Of(observations.Count);
        double[] means = [.. observations.Select(dimension.OnScale), (_low + _high) / 2];
        var widths = Widths(means);
        _kernels = [.. means.Select((mean, i) => new Kernel(mean, widths[i], Mass(mean, widths[i], _low, _high)))];
    }

    public double Draw(SplitMix64 random)
    {
        var kernel = _kernels[KernelWeights.Choose(_weights, random)];
        double place;
        do
        {
            place = kernel.Mean + (kernel.Width * StandardNormal.Draw(random));
        }
        while (place < _low || place > _high);

        return _dimension.FromScale(place);
    }

    public double LogDensity(double value)
    {
        var density = 0.0;
        if (_dimension.Step is { } step)
        {
            var (from, to) = (_dimension.OnScale(value - (step / 2)), _dimension.OnScale(value + (step / 2)));
            for (var i = 0; i < _kernels.Length; i++)
            {
                density += _weights[i] * Mass(_kernels[i].Mean, _kernels[i].Width, from, to) / _kernels[i].Inside;
            }
        }
        else
        {
            var place = _dimension.OnScale(value);
            for (var i = 0; i < _kernels.Length; i++)
            {
                var away = (place - _kernels[i].Mean) / _kernels[i].Width;
                density += _weights[i] * Math.Exp(-away * away / 2) / (_kernels[i].Width * _kernels[i].Inside);
            }
        }

        return Math.Log(Math.Max(density, LeastDensity));
    }

    private double[] Widths(double[] means)
    {
        var range = _high - _low;
        var order = Enumerable.Range(0, means.Length).OrderBy(i => means[i]).ToArray();
        var narrowest = range / Math.Min(NarrowestShare, means.Length + 1);
        var widths = new double[means.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            var mean = means[order[rank]];
            var left = rank > 0 ? mean - means[order[rank - 1]] : 0;
            var right = rank < order.Length - 1 ? means[order[rank + 1]] - mean : 0;
            widths[order[rank]] = Math.Clamp(Math.Max(left, right), narrowest, range);
        }

        widths[^1] = range;
        return widths;
    }

    private static double Mass(double mean, double width, double from, double to) =>
        StandardNormal.Cumulative((to - mean) / width) - StandardNormal.Cumulative((from - mean) / width);

    /// <summary>One Gaussian and the share of it that lies within the range.</summary>
    private readonly record struct Kernel(double Mean, double Width, double Inside);
}
