using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>One term of a loss; docs/methods has formula, source and use of each.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(KdLossSpec), "kd")]
[JsonDerivedType(typeof(ReverseKlLossSpec), "reverse-kl")]
[JsonDerivedType(typeof(JsdLossSpec), "jsd")]
[JsonDerivedType(typeof(DkdLossSpec), "dkd")]
[JsonDerivedType(typeof(DistLossSpec), "dist")]
[JsonDerivedType(typeof(LogitStandardisationLossSpec), "logit-standardisation")]
[JsonDerivedType(typeof(LogitMatchingLossSpec), "logit-matching")]
[JsonDerivedType(typeof(HintLossSpec), "hint")]
[JsonDerivedType(typeof(AttentionLossSpec), "attention")]
[JsonDerivedType(typeof(RkdLossSpec), "rkd")]
[JsonDerivedType(typeof(SimilarityLossSpec), "similarity")]
[JsonDerivedType(typeof(LabelsLossSpec), "labels")]
public abstract record LossSpec
{
    [Description("what the term is multiplied by before all are added up")]
    [Range(0.0, 1_000_000.0)]
    public double Weight { get; init; } = 1.0;

    [Description("how the weight changes over the steps")]
    public FactorSpec Schedule { get; init; } = new ConstantFactorSpec();

    /// <summary>What the term must know of the classes that teachers see.</summary>
    [JsonIgnore]
    public virtual TargetNeed Need => TargetNeed.EveryClass;

    /// <summary>Whether the term must know the labels.</summary>
    [JsonIgnore]
    public virtual bool NeedsLabels => false;
}

/// <summary>What a loss must know of the classes that teachers see.</summary>
public enum TargetNeed
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Probabilities, be it of some classes only.</summary>
    SomeClasses,

    /// <summary>Probabilities of every class.</summary>
    EveryClass,
}

/// <summary><c>T² · KL(teacher_T ‖ student_T)</c> (Hinton, Vinyals and Dean, 1503.02531).</summary>
public sealed record KdLossSpec : LossSpec
{
    public override TargetNeed Need => TargetNeed.SomeClasses;
}

/// <summary><c>T² · KL(student_T ‖ teacher_T)</c> (MiniLLM: Gu et al., 2306.08543).</summary>
public sealed record ReverseKlLossSpec : LossSpec;

/// <summary>The generalised Jensen-Shannon divergence (Agarwal et al., 2306.13649).</summary>
public sealed record JsdLossSpec : LossSpec
{
    [Description("the teacher's share of the mixture: towards 0 the loss is like kd, towards 1 like reverse-kl")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Beta { get; init; } = 0.5;
}

/// <summary>Decoupled knowledge distillation (Zhao et al., 2203.08679).</summary>
public sealed record DkdLossSpec : LossSpec
{
    [Description("weight of the label's class against all others together")]
    [Range(0.0, 1_000_000.0)]
    public double Alpha { get; init; } = 1.0;

    [Description("weight of the other classes among themselves")]
    [Range(0.0, 1_000_000.0)]
    public double Beta { get; init; } = 8.0;

    public override bool NeedsLabels => true;
}

/// <summary>Correlations in place of divergences (Huang et al., 2205.10536).</summary>
public sealed record DistLossSpec : LossSpec
{
    [Description("weight of the relations between the classes of a sample")]
    [Range(0.0, 1_000_000.0)]
    public double Beta { get; init; } = 1.0;

    [Description("weight of the relations between the samples of a class")]
    [Range(0.0, 1_000_000.0)]
    public double Gamma { get; init; } = 1.0;
}

/// <summary><c>kd</c> of logits that are z-scored sample by sample (Sun et al., 2403.01427).</summary>
public sealed record LogitStandardisationLossSpec : LossSpec;

/// <summary>Half the mean square between row-centred logits: what <c>kd</c> tends to as T grows (1503.02531, 2.1).</summary>
public sealed record LogitMatchingLossSpec : LossSpec;

/// <summary>Cross-entropy with the labels, smoothed as <c>student.training.labelSmoothing</c> says.</summary>
public sealed record LabelsLossSpec : LossSpec
{
    public override TargetNeed Need => TargetNeed.None;

    public override bool NeedsLabels => true;
}
