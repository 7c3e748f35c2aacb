using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary><c>alpha · T² · KL(teacher_T ‖ student_T) + (1 - alpha) · CE(student, label)</c>: the loss of a spec that lists none.</summary>
internal sealed class KdAndLabelsTerm(double alpha) : ILossTerm
{
    public Tensor Value(LossInputs inputs) => inputs.Kept is [_, ..]
        ? KdLoss.WithLabels(KdTerm.SomeClasses(inputs), inputs.Student_BC, inputs.Labels_B, alpha, inputs.Smoothing)
        : KdLoss.Of(inputs.Teacher_BC, inputs.Student_BC, inputs.Labels_B, inputs.Temperature, alpha, inputs.Smoothing);
}
