namespace Stillhouse.Distillation.Data;

/// <summary>
/// Makes classes rarer and rarer, exponentially (Cui et al., 1901.05555; Cao et al., 1906.07413): of C classes, class c keeps
/// the first <c>n · imbalance^(-c / (C - 1))</c> of its n samples, rounded, but at least one.
/// </summary>
internal static class LongTail
{
    /// <summary>The samples that are kept, in their order; all of them where the imbalance is 1.</summary>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="imbalance">How many times rarer the last class becomes, at least 1.</param>
    public static SampleSet Thin(SampleSet samples, int classes, double imbalance)
    {
        if (imbalance == 1)
        {
            return samples;
        }

        var left = samples.PerClass(classes)
            .Select((count, c) => Math.Max(1, (int)Math.Round(count * Math.Pow(imbalance, -(double)c / (classes - 1)))))
            .ToArray();
        var size = samples.Pixels.Length / samples.Count;
        var (pixels, labels) = (new List<byte>(), new List<byte>());
        for (var sample = 0; sample < samples.Count; sample++)
        {
            var label = samples.Labels.Span[sample];
            if (left[label]-- > 0)
            {
                pixels.AddRange(samples.Pixels.Span.Slice(sample * size, size));
                labels.Add(label);
            }
        }

        return new SampleSet(pixels.ToArray(), labels.ToArray());
    }
}
