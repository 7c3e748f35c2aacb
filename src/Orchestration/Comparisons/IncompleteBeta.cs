namespace Stillhouse.Orchestration.Comparisons;

/// <summary>The regularised incomplete beta function.</summary>
internal static class IncompleteBeta
{
    private const double Precision = 2e-15;
    private const double Tiny = 1e-300;
    private const double LogRootTwoPi = 0.91893853320467274178;
    private const double LanczosShift = 7;

    /// <summary>For a shift of 7 (Godfrey, "A note on the computation of the convergent Lanczos complex gamma approximation", 2001).</summary>
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>I_x(a, b), by its continued fraction (Press et al., "Numerical Recipes", 6.4).</summary>
    /// <param name="a">At least 0.5.</param>
    /// <param name="b">At least 0.5.</param>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="y">1 - <paramref name="x"/>, which a caller may know to more digits.</param>
    public static double Regularised(double a, double b, double x, double y)
    {
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(y)));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - (front * Fraction(b, a, y) / b);
    }

    /// <summary>By Lentz's method.</summary>
    private static double Fraction(double a, double b, double x)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var (fraction, factor) = (d, double.PositiveInfinity);
        for (var m = 1; Math.Abs(factor - 1) > Precision; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            fraction *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            factor = c * d;
            fraction *= factor;
        }

        return fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double LogGamma(double x)
    {
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x - 1 + i);
        }

        var t = x + LanczosShift - 0.5;
        return LogRootTwoPi + ((x - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
