namespace Stillhouse.Distillation.Evaluation;

/// <summary>How far probabilities can be believed: those of <c>softmax(z / T)</c>.</summary>
internal static class Calibration
{
    private const int Bins = 15;

    /// <summary>
    /// Expected calibration error (Guo et al., 1706.04599): over equal-width bins (low, high] of confidence, the mean of
    /// |accuracy - confidence|, weighed by the samples in the bin.
    /// </summary>
    public static double ExpectedError(LogitRows rows_NC, ReadOnlySpan<byte> labels, double temperature = 1)
    {
        Span<double> gaps = stackalloc double[Bins];
        gaps.Clear();
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var logits_C = rows_NC[sample];
            var highest = IndexOfHighest(logits_C);
            var confidence = 1 / Exponentials(logits_C, logits_C[highest], temperature);
            var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
            gaps[bin] += (highest == labels[sample] ? 1 : 0) - confidence;
        }

        var sum = 0.0;
        foreach (var gap in gaps)
        {
            sum += Math.Abs(gap);
        }

        return sum / labels.Length;
    }

    /// <summary>The mean of <c>-log softmax(z / T)[label]</c>, in nats.</summary>
    public static double NegativeLogLikelihood(LogitRows rows_NC, ReadOnlySpan<byte> labels, double temperature = 1)
    {
        var sum = 0.0;
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var logits_C = rows_NC[sample];
            var highest = logits_C[IndexOfHighest(logits_C)];
            sum += Math.Log(Exponentials(logits_C, highest, temperature)) + ((highest - logits_C[labels[sample]]) / temperature);
        }

        return sum / labels.Length;
    }

    /// <summary>The sum of <c>exp((z - highest) / T)</c>: 1 to C.</summary>
    private static double Exponentials(ReadOnlySpan<double> logits_C, double highest, double temperature)
    {
        var sum = 0.0;
        foreach (var logit in logits_C)
        {
            sum += Math.Exp((logit - highest) / temperature);
        }

        return sum;
    }

    /// <summary>Of equal ones the first.</summary>
    private static int IndexOfHighest(ReadOnlySpan<double> logits_C)
    {
        var highest = 0;
        for (var c = 1; c < logits_C.Length; c++)
        {
            highest = logits_C[c] > logits_C[highest] ? c : highest;
        }

        return highest;
    }
}
