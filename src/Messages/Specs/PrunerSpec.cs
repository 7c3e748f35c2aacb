using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>Which trials of a sweep are stopped before their last epoch.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NonePrunerSpec), "none")]
[JsonDerivedType(typeof(MedianPrunerSpec), "median")]
[JsonDerivedType(typeof(AshaPrunerSpec), "asha")]
[JsonDerivedType(typeof(HyperbandPrunerSpec), "hyperband")]
public abstract record PrunerSpec;

/// <summary>None: every trial trains all its epochs.</summary>
public sealed record NonePrunerSpec : PrunerSpec;

/// <summary>Trials whose best so far is below the median of the others at the same epoch (Golovin et al., KDD 2017).</summary>
public sealed record MedianPrunerSpec : PrunerSpec
{
    [Description("no trial is stopped at an epoch that fewer others have reached")]
    [Range(1, 1_000_000)]
    public int Startup { get; init; } = 5;

    [Description("epochs that every trial trains")]
    [Range(1, 100_000)]
    public int Warmup { get; init; } = 1;
}

/// <summary>A pruner that stops trials at rungs only: after minimum, minimum · reduction, minimum · reduction² … epochs.</summary>
public abstract record RungPrunerSpec : PrunerSpec
{
    [Description("of the trials at a rung, the best one in so many goes on")]
    [Range(2, 1_000)]
    public int Reduction { get; init; } = 3;

    [Description("epochs before the first rung")]
    [Range(1, 100_000)]
    public int Minimum { get; init; } = 1;
}

/// <summary>Asynchronous successive halving (Li et al., 1810.05934), the variant that stops trials and never resumes them.</summary>
public sealed record AshaPrunerSpec : RungPrunerSpec;

/// <summary>Brackets of successive halving, each with a later first rung (Li et al., 1603.06560).</summary>
public sealed record HyperbandPrunerSpec : RungPrunerSpec;
