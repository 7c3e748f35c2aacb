using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>A number of the spec with the values that a sweep may give it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ChoiceParameterSpec), "choice")]
[JsonDerivedType(typeof(UniformParameterSpec), "uniform")]
[JsonDerivedType(typeof(LogUniformParameterSpec), "log-uniform")]
[JsonDerivedType(typeof(IntegerParameterSpec), "integer")]
public abstract record ParameterSpec
{
    [Description("seed, or a number below student or distillation, for example distillation.temperature")]
    public required string Path { get; init; }
}

/// <summary>One of the values, without an order between them.</summary>
public sealed record ChoiceParameterSpec : ParameterSpec
{
    [Description("the values to choose from")]
    [MinLength(1)]
    public required IReadOnlyList<double> Values { get; init; }
}

/// <summary>Any number of a range, or any multiple of a step within it.</summary>
public sealed record UniformParameterSpec : ParameterSpec
{
    [Description("the least value")]
    public required double Low { get; init; }

    [Description("the greatest value")]
    public required double High { get; init; }

    [Description("only low, low + step, low + 2 step and so on; a grid needs it")]
    [Range(0.0, 1_000_000_000.0, MinimumIsExclusive = true)]
    public double? Step { get; init; }
}

/// <summary>Any number of a range, each order of magnitude as likely as the other.</summary>
public sealed record LogUniformParameterSpec : ParameterSpec
{
    [Description("the least value")]
    [Range(0.0, 1_000_000_000.0, MinimumIsExclusive = true)]
    public required double Low { get; init; }

    [Description("the greatest value")]
    public required double High { get; init; }
}

/// <summary>A whole number of a range; at most 2^53 either way, where doubles are exact.</summary>
public sealed record IntegerParameterSpec : ParameterSpec
{
    [Description("the least value")]
    [Range(-9_007_199_254_740_992L, 9_007_199_254_740_992L)]
    public required long Low { get; init; }

    [Description("the greatest value")]
    [Range(-9_007_199_254_740_992L, 9_007_199_254_740_992L)]
    public required long High { get; init; }

    [Description("only low, low + step, low + 2 step and so on")]
    [Range(1L, 9_007_199_254_740_992L)]
    public long Step { get; init; } = 1;

    [Description("each order of magnitude as likely as the other")]
    public bool Log { get; init; }
}
