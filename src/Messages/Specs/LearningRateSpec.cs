using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>A learning-rate schedule: a factor on the optimizer's rate, a pure function of the step.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantRateSpec), "constant")]
[JsonDerivedType(typeof(CosineRateSpec), "cosine")]
[JsonDerivedType(typeof(StepRateSpec), "step")]
public abstract record LearningRateSpec
{
    [Description("steps over which the rate rises linearly from 0 to its peak")]
    [Range(0, 10_000_000)]
    public int WarmupSteps { get; init; }
}

/// <summary>The same rate in every step.</summary>
public sealed record ConstantRateSpec : LearningRateSpec;

/// <summary>Half a cosine from the peak down to <see cref="Floor"/> (Loshchilov and Hutter, 1608.03983, no restarts).</summary>
public sealed record CosineRateSpec : LearningRateSpec
{
    [Description("the factor reached in the last step")]
    [Range(0.0, 1.0)]
    public double Floor { get; init; }
}

/// <summary>Multiplies the rate by <see cref="Factor"/> after every <see cref="EveryEpochs"/> epochs.</summary>
public sealed record StepRateSpec : LearningRateSpec
{
    [Description("epochs between two drops")]
    [Range(1, 100_000)]
    public required int EveryEpochs { get; init; }

    [Description("what the rate is multiplied by at each drop")]
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Factor { get; init; } = 0.1;
}
