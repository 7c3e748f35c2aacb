using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Training;

/// <summary>Learning-rate schedules as pure functions of the step.</summary>
public static class LearningRates
{
    /// <summary>The factor on the optimizer's rate in one step, 0 to 1.</summary>
    /// <param name="spec">The schedule.</param>
    /// <param name="step">From 0 to <paramref name="steps"/> - 1.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="stepsPerEpoch">Steps in one epoch.</param>
    public static double Factor(LearningRateSpec spec, long step, long steps, int stepsPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var warmup = Math.Min(1, (step + 1.0) / (spec.WarmupSteps + 1.0));
        return warmup * spec switch
        {
            ConstantRateSpec => 1,
            CosineRateSpec cosine => Cosine(cosine, step - spec.WarmupSteps, steps - 1 - spec.WarmupSteps),
            StepRateSpec drops => Math.Pow(drops.Factor, step / stepsPerEpoch / drops.EveryEpochs),
            _ => throw new ArgumentException($"No schedule is known for {spec.GetType().Name}.", nameof(spec)),
        };
    }

    private static double Cosine(CosineRateSpec spec, long step, long last)
    {
        var progress = last > 0 ? Math.Clamp((double)step / last, 0, 1) : 0;
        return spec.Floor + ((1 - spec.Floor) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
