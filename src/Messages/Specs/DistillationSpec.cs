using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>
/// <c>loss = alpha · T² · KL(teacher_T ‖ student_T) + (1 - alpha) · CE(student, label)</c>, KL summed over classes and
/// averaged over the batch (Hinton et al., 1503.02531).
/// </summary>
public sealed record DistillationSpec
{
    [Description("T: softens both distributions before they are compared")]
    [Range(0.0, 1_000.0, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 4.0;

    [Description("weight of the soft part; 1 - alpha weighs the labels")]
    [Range(0.0, 1.0)]
    public double Alpha { get; init; } = 0.9;

    [Description("how the teachers' answers become one target")]
    [AllowedValues("mean-probabilities")]
    public string Ensemble { get; init; } = "mean-probabilities";

    [Description("lessons a student may have open with each teacher at once")]
    [Range(1, 1_024)]
    public int Prefetch { get; init; } = 8;
}
