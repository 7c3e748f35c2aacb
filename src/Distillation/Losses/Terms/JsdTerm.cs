using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>T² · (β·KL(teacher_T ‖ m) + (1 - β)·KL(student_T ‖ m))</c> with the mixture <c>m = β·teacher_T + (1 - β)·student_T</c>
/// (Agarwal et al., 2306.13649, 2).
/// </summary>
/// <param name="beta">β, between 0 and 1.</param>
internal sealed class JsdTerm(double beta) : ILossTerm
{
    public Tensor Value(LossInputs inputs)
    {
        var (teacher_BC, student_BC) = (inputs.Teacher_BC, inputs.StudentAtTemperature());
        var mixture_BC = logaddexp(teacher_BC + Math.Log(beta), student_BC + Math.Log(1 - beta));
        return inputs.Scaled((beta * Divergence.Kl(teacher_BC, mixture_BC)) + ((1 - beta) * Divergence.Kl(student_BC, mixture_BC)));
    }
}
