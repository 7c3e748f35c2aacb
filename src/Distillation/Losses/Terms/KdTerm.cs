using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary><c>T² · KL(teacher_T ‖ student_T)</c> (Hinton, Vinyals and Dean, 1503.02531).</summary>
internal sealed class KdTerm : ILossTerm
{
    public Tensor Value(LossInputs inputs) =>
        inputs.Kept is [_, ..] ? SomeClasses(inputs)
        : FusedKdLoss.Fits(inputs.Teacher_BC, inputs.Student_BC)
            ? FusedKdLoss.Of(inputs.Teacher_BC, inputs.Student_BC, inputs.Labels_B, inputs.Temperature, alpha: 1)
            : KdLoss.Soft(inputs.Teacher_BC, inputs.Student_BC, inputs.Temperature);

    /// <summary>Teachers keep different classes: their divergences are added up, which has the gradient of the mean probabilities.</summary>
    public static Tensor SomeClasses(LossInputs inputs) => inputs.Kept
        .Select(kept => kept.Share * SparseKdLoss.Soft(kept.Classes_BK, kept.Target_BK, kept.Rest_B, inputs.Student_BC, inputs.Temperature))
        .Aggregate((sum, soft) => sum + soft);
}
