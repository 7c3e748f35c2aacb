namespace Stillhouse.Benchmarks.Codecs;

/// <summary>Kullback and Leibler's divergence between a teacher's softmax and what a codec kept of it, in nats.</summary>
internal static class Divergences
{
    /// <summary>KL(teacher ‖ decoded), all classes known.</summary>
    public static double OfDense(ReadOnlySpan<float> logits, ReadOnlySpan<float> decoded)
    {
        var (normal, decodedNormal, sum) = (LogPartition(logits), LogPartition(decoded), 0.0);
        for (var c = 0; c < logits.Length; c++)
        {
            var log = logits[c] - normal;
            sum += Math.Exp(log) * (log - (decoded[c] - decodedNormal));
        }

        return sum;
    }

    /// <summary>KL(teacher ‖ decoded), the tail spread evenly over the classes that were not kept.</summary>
    public static double OfHead(
        ReadOnlySpan<float> logits, ReadOnlySpan<long> classes, ReadOnlySpan<float> logProbabilities, float logTail)
    {
        var (normal, sum, kept) = (LogPartition(logits), 0.0, new HashSet<long>());
        for (var slot = 0; slot < classes.Length; slot++)
        {
            if (!float.IsNegativeInfinity(logProbabilities[slot]))
            {
                kept.Add(classes[slot]);
                var log = logits[(int)classes[slot]] - normal;
                sum += Math.Exp(log) * (log - logProbabilities[slot]);
            }
        }

        var logShare = logTail - Math.Log(logits.Length - kept.Count);
        for (var c = 0; c < logits.Length; c++)
        {
            if (!kept.Contains(c))
            {
                var log = logits[c] - normal;
                sum += Math.Exp(log) * (log - logShare);
            }
        }

        return sum;
    }

    /// <summary>KL(decoded ‖ teacher): the other way round, because classes that were not drawn have probability 0.</summary>
    public static double OfDraws(ReadOnlySpan<float> logits, ReadOnlySpan<long> classes, ReadOnlySpan<float> logProbabilities)
    {
        var (normal, sum) = (LogPartition(logits), 0.0);
        for (var slot = 0; slot < classes.Length; slot++)
        {
            if (!float.IsNegativeInfinity(logProbabilities[slot]))
            {
                sum += Math.Exp(logProbabilities[slot]) * (logProbabilities[slot] - (logits[(int)classes[slot]] - normal));
            }
        }

        return sum;
    }

    private static double LogPartition(ReadOnlySpan<float> logits)
    {
        var (greatest, sum) = ((double)float.NegativeInfinity, 0.0);
        foreach (var logit in logits)
        {
            greatest = Math.Max(greatest, logit);
        }

        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - greatest);
        }

        return greatest + Math.Log(sum);
    }
}
