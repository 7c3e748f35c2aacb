using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>An optimizer with its hyperparameters; defaults are PyTorch's where PyTorch has one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AdamSpec), "adam")]
[JsonDerivedType(typeof(SgdSpec), "sgd")]
public abstract record OptimizerSpec
{
    [Description("L2 penalty added to the gradient")]
    [Range(0.0, 1_000.0)]
    public double WeightDecay { get; init; }

    /// <summary>The peak learning rate, before the schedule's factor.</summary>
    [JsonIgnore]
    public abstract double PeakRate { get; }
}

/// <summary>Adam (Kingma and Ba, 1412.6980).</summary>
public sealed record AdamSpec : OptimizerSpec
{
    [Description("the learning rate before the schedule's factor")]
    [Range(0.0, 1_000.0, MinimumIsExclusive = true)]
    public double Rate { get; init; } = 1e-3;

    [Description("decay of the first moment")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.9;

    [Description("decay of the second moment")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.999;

    [Description("added to the denominator")]
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-8;

    public override double PeakRate => Rate;
}

/// <summary>Stochastic gradient descent with momentum.</summary>
public sealed record SgdSpec : OptimizerSpec
{
    [Description("the learning rate before the schedule's factor")]
    [Range(0.0, 1_000.0, MinimumIsExclusive = true)]
    public double Rate { get; init; } = 0.05;

    [Description("the share of the last update that is kept")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Momentum { get; init; } = 0.9;

    [Description("look ahead along the momentum (Nesterov)")]
    public bool Nesterov { get; init; }

    public override double PeakRate => Rate;
}
