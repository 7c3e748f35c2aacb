namespace Stillhouse.Orchestration.Comparisons;

/// <summary>Student's t distribution ("The probable error of a mean", 1908). Degrees of freedom are at least 1 and need not be whole.</summary>
public static class StudentT
{
    /// <summary>The distribution function: how likely a value of at most <paramref name="t"/> is.</summary>
    public static double Cumulative(double t, double degrees)
    {
        Require(degrees);
        var tail = Tail(Math.Abs(t), degrees);
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>The value at which <see cref="Cumulative"/> is <paramref name="probability"/>, by bisection to the last bit.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Quantile(double probability, double degrees)
    {
        Require(degrees);
        if (probability is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is above 0 and below 1 here.");
        }

        return probability < 0.5 ? -Upper(probability, degrees) : Upper(1 - probability, degrees);
    }

    /// <summary>The value, at least 0, that is exceeded with such a probability.</summary>
    private static double Upper(double probability, double degrees)
    {
        var (low, high) = (0.0, 1.0);
        while (Tail(high, degrees) > probability)
        {
            (low, high) = (high, 2 * high);
        }

        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = Tail(middle, degrees) > probability ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>How likely a value above <paramref name="t"/> is, which is at least 0.</summary>
    private static double Tail(double t, double degrees)
    {
        var square = t * t;
        return double.IsInfinity(square)
            ? 0
            : IncompleteBeta.Regularised(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square)) / 2;
    }

    private static void Require(double degrees)
    {
        if (degrees is not (>= 1 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "Degrees of freedom are at least 1.");
        }
    }
}
