namespace Stillhouse.Distillation.Evaluation;

/// <summary>
/// The single temperature that calibrates a network (Guo et al., 1706.04599): the one with the least negative log-likelihood.
/// That has one minimum, for it is convex in 1/T, so a golden-section search on log T finds it; the same on every machine.
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>
    /// The search goes from its inverse up to here. A network that is never wrong gets the highest temperature at which its
    /// likelihood is 1 to double precision; one that is worse than guessing gets this one.
    /// </summary>
    public const double Highest = 100;

    private const double Tolerance = 1e-6;
    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    /// <summary>T, within one part in a million, from 1 / <see cref="Highest"/> to <see cref="Highest"/>.</summary>
    /// <param name="rows_NC">Of a split that the network has not learnt from, nor will be measured on.</param>
    public static double Fit(LogitRows rows_NC, ReadOnlySpan<byte> labels)
    {
        var (low, high) = (-Math.Log(Highest), Math.Log(Highest));
        var (left, right) = (high - (Ratio * (high - low)), low + (Ratio * (high - low)));
        var (atLeft, atRight) = (At(left, labels), At(right, labels));
        while (high - low > Tolerance)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Ratio * (high - low));
                atLeft = At(left, labels);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Ratio * (high - low));
                atRight = At(right, labels);
            }
        }

        return Math.Exp((low + high) / 2);

        double At(double logTemperature, ReadOnlySpan<byte> of) => Calibration.NegativeLogLikelihood(rows_NC, of, Math.Exp(logTemperature));
    }
}
