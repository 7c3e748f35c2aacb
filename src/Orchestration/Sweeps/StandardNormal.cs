using Stillhouse.Messages.Randomness;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>The normal distribution with mean 0 and variance 1.</summary>
internal static class StandardNormal
{
    /// <summary>Beyond it a double cannot tell the distribution function from 0 or 1.</summary>
    private const double Far = 8;

    private const double LogRootTwoPi = 0.91893853320467274178;

    /// <summary>The distribution function, by its Taylor series (Marsaglia, "Evaluating the normal distribution", 2004).</summary>
    public static double Cumulative(double x)
    {
        if (Math.Abs(x) is not <= Far)
        {
            return x < 0 ? 0 : 1;
        }

        var (sum, before, term) = (x, double.NaN, x);
        for (var i = 3; sum != before; i += 2)
        {
            before = sum;
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp((-0.5 * x * x) - LogRootTwoPi));
    }

    /// <summary>One draw (Box and Muller, 1958).</summary>
    public static double Draw(SplitMix64 random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.UnitDouble()));
        return radius * Math.Cos(2 * Math.PI * random.UnitDouble());
    }
}
