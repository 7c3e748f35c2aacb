using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>A term that compares what modules of both networks make of the samples; its value is the sum over the pairs of modules.</summary>
public abstract record FeatureLossSpec : LossSpec
{
    [Description("modules of the teachers, by name, for example [fc1]; only their values are sent")]
    [MinLength(1)]
    public required IReadOnlyList<string> Features { get; init; }

    [Description("modules of the student that are compared with them, in the same order; left out: those of the same names")]
    [MinLength(1)]
    public IReadOnlyList<string>? StudentFeatures { get; init; }

    public override TargetNeed Need => TargetNeed.None;

    /// <summary>Which two features it can compare.</summary>
    [JsonIgnore]
    public virtual FeatureFit Fit => FeatureFit.Any;

    /// <summary>The names of each pair of modules that are compared.</summary>
    [JsonIgnore]
    public IEnumerable<(string Student, string Teacher)> Pairs => (StudentFeatures ?? Features).Zip(Features);
}

/// <summary>Which two features a loss can compare.</summary>
public enum FeatureFit
{
    /// <summary>Any two: samples are compared among themselves.</summary>
    Any,

    /// <summary>Two linear layers, or two maps of the same height and width.</summary>
    Alike,

    /// <summary>Two maps of the same height and width.</summary>
    Maps,
}

/// <summary>The student's feature, mapped by a layer that is learnt with it, is to be the teacher's (FitNets: Romero et al., 1412.6550).</summary>
public sealed record HintLossSpec : FeatureLossSpec
{
    public override FeatureFit Fit => FeatureFit.Alike;
}

/// <summary>Both are to look at the same places (Zagoruyko and Komodakis, 1612.03928).</summary>
public sealed record AttentionLossSpec : FeatureLossSpec
{
    public override FeatureFit Fit => FeatureFit.Maps;
}

/// <summary>Samples are to lie to each other as they do for the teacher (Park et al., 1904.05068).</summary>
public sealed record RkdLossSpec : FeatureLossSpec
{
    [Description("weight of the distances between two samples")]
    [Range(0.0, 1_000_000.0)]
    public double Distance { get; init; } = 25.0;

    [Description("weight of the angles between three samples; takes memory of batchSize³ values")]
    [Range(0.0, 1_000_000.0)]
    public double Angle { get; init; } = 50.0;
}

/// <summary>Samples are to be as similar to each other as they are for the teacher (Tung and Mori, 1907.09682).</summary>
public sealed record SimilarityLossSpec : FeatureLossSpec;
