using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Training;

/// <summary>Factors on weights and temperatures as pure functions of the step.</summary>
public static class Factors
{
    /// <summary>The factor in one step.</summary>
    /// <param name="spec">How it changes.</param>
    /// <param name="step">From 0 to <paramref name="steps"/> - 1.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="stepsPerEpoch">Steps in one epoch.</param>
    public static double Of(FactorSpec spec, long step, long steps, int stepsPerEpoch)
    {
        var passed = steps > 1 ? (double)step / (steps - 1) : 0;
        return spec switch
        {
            ConstantFactorSpec => 1,
            LinearFactorSpec linear => linear.From + ((linear.To - linear.From) * passed),
            CosineFactorSpec cosine => cosine.To + ((cosine.From - cosine.To) * (1 + Math.Cos(Math.PI * passed)) / 2),
            WarmUpFactorSpec warm => warm.From + ((1 - warm.From) * Math.Min(1, step / (warm.Epochs * stepsPerEpoch))),
            _ => throw new ArgumentException($"No factor is known for {spec?.GetType().Name ?? "nothing"}.", nameof(spec)),
        };
    }
}
