using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary><c>T² · KL(student_T ‖ teacher_T)</c> (Gu et al., 2306.08543).</summary>
internal sealed class ReverseKlTerm : ILossTerm
{
    public Tensor Value(LossInputs inputs) =>
        inputs.Scaled(Divergence.Kl(inputs.StudentAtTemperature(), inputs.Teacher_BC));
}
