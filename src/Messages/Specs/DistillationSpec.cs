using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>
/// <c>loss = alpha · T² · KL(teacher_T ‖ student_T) + (1 - alpha) · CE(student, label)</c>, KL summed over classes and
/// averaged over the batch (Hinton et al., 1503.02531); or the terms of <see cref="Losses"/>.
/// </summary>
public sealed record DistillationSpec
{
    [Description("T: softens both distributions before they are compared")]
    [Range(0.0, 1_000.0, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 4.0;

    [Description("how T changes over the steps")]
    public FactorSpec TemperatureSchedule { get; init; } = new ConstantFactorSpec();

    [Description("weight of the soft part; 1 - alpha weighs the labels")]
    [Range(0.0, 1.0)]
    public double Alpha { get; init; } = 0.9;

    [Description("terms whose weighted sum is minimised, in place of alpha's two")]
    public IReadOnlyList<LossSpec> Losses { get; init; } = [];

    [Description("how the teachers' answers become one target")]
    [AllowedValues(
        EnsembleName.MeanProbabilities,
        EnsembleName.MeanLogits,
        EnsembleName.WeightedProbabilities,
        EnsembleName.LearntProbabilities,
        EnsembleName.RoutedProbabilities)]
    public string Ensemble { get; init; } = EnsembleName.MeanProbabilities;

    [Description("how soft targets are encoded on the wire and in stores")]
    public CodecSpec Codec { get; init; } = new Fp32Spec();

    [Description("shared: teacher nodes read the dataset themselves; shipped: the student sends them the samples")]
    [AllowedValues(InputsName.Shared, InputsName.Shipped)]
    public string Inputs { get; init; } = InputsName.Shared;

    [Description("go on without late teachers; gives up reproducibility")]
    public QuorumSpec? Quorum { get; init; }

    /// <summary>
    /// The modules whose values teachers send along with their logits, each once, in the order of their names: students that ask for the same
    /// ones share the answers, however their losses name them.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> TeacherFeatures =>
        [.. Losses.OfType<FeatureLossSpec>().SelectMany(loss => loss.Features).Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>The ways to combine teachers.</summary>
public static class EnsembleName
{
    public const string MeanProbabilities = "mean-probabilities";
    public const string MeanLogits = "mean-logits";
    public const string WeightedProbabilities = "weighted-probabilities";

    /// <summary>Weighted as makes the validation samples most likely.</summary>
    public const string LearntProbabilities = "learnt-probabilities";

    /// <summary>The same for each class that the teachers together take a sample for: specialists count where they know more.</summary>
    public const string RoutedProbabilities = "routed-probabilities";

    /// <summary>Whether what each teacher counts is learnt on the validation split.</summary>
    public static bool IsLearnt(string name) => name is LearntProbabilities or RoutedProbabilities;
}

/// <summary>Where a teacher gets the samples of a lesson from.</summary>
public static class InputsName
{
    public const string Shared = "shared";
    public const string Shipped = "shipped";
}
