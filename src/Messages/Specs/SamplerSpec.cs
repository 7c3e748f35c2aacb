using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>How a sweep chooses its next trial.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GridSamplerSpec), "grid")]
[JsonDerivedType(typeof(RandomSamplerSpec), "random")]
[JsonDerivedType(typeof(TpeSamplerSpec), "tpe")]
public abstract record SamplerSpec;

/// <summary>Every combination once.</summary>
public sealed record GridSamplerSpec : SamplerSpec;

/// <summary>Independent draws (Bergstra and Bengio, JMLR 13, 2012), none twice where the combinations can be counted.</summary>
public sealed record RandomSamplerSpec : SamplerSpec
{
    [Description("how many trials")]
    [Range(1, 1_000_000)]
    public required int Trials { get; init; }
}

/// <summary>Tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011); defaults are Optuna's.</summary>
public sealed record TpeSamplerSpec : SamplerSpec
{
    [Description("how many trials")]
    [Range(1, 1_000_000)]
    public required int Trials { get; init; }

    [Description("trials drawn at random until so many have ended")]
    [Range(1, 1_000_000)]
    public int Startup { get; init; } = 10;

    [Description("draws of each number from which the most promising is taken")]
    [Range(1, 10_000)]
    public int Candidates { get; init; } = 24;

    [Description("the share of trials that count as good; never more than 25 of them")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Gamma { get; init; } = 0.1;
}
