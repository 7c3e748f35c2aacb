using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>A factor on a number, a pure function of the step.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantFactorSpec), "constant")]
[JsonDerivedType(typeof(LinearFactorSpec), "linear")]
[JsonDerivedType(typeof(CosineFactorSpec), "cosine")]
[JsonDerivedType(typeof(WarmUpFactorSpec), "warm-up")]
public abstract record FactorSpec
{
    /// <summary>The least factor of any step.</summary>
    [JsonIgnore]
    public abstract double Least { get; }

    /// <summary>The greatest factor of any step.</summary>
    [JsonIgnore]
    public abstract double Greatest { get; }
}

/// <summary>1 in every step.</summary>
public sealed record ConstantFactorSpec : FactorSpec
{
    public override double Least => 1;

    public override double Greatest => 1;
}

/// <summary>A way from one factor to another over all steps.</summary>
public abstract record PathFactorSpec : FactorSpec
{
    [Description("the factor in the first step")]
    [Range(0.0, 1_000.0)]
    public double From { get; init; } = 1.0;

    [Description("the factor in the last step")]
    [Range(0.0, 1_000.0)]
    public double To { get; init; }

    public override double Least => Math.Min(From, To);

    public override double Greatest => Math.Max(From, To);
}

/// <summary>A straight line from <see cref="PathFactorSpec.From"/> to <see cref="PathFactorSpec.To"/>.</summary>
public sealed record LinearFactorSpec : PathFactorSpec;

/// <summary>Half a cosine from <see cref="PathFactorSpec.From"/> to <see cref="PathFactorSpec.To"/>.</summary>
public sealed record CosineFactorSpec : PathFactorSpec;

/// <summary>A straight line from <see cref="From"/> to 1 over the first epochs, then 1.</summary>
public sealed record WarmUpFactorSpec : FactorSpec
{
    [Description("epochs until the factor is 1; need not be whole")]
    [Range(0.0, 100_000.0, MinimumIsExclusive = true)]
    public required double Epochs { get; init; }

    [Description("the factor in the first step")]
    [Range(0.0, 1_000.0)]
    public double From { get; init; }

    public override double Least => Math.Min(From, 1);

    public override double Greatest => Math.Max(From, 1);
}
