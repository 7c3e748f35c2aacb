using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>T² · (α·KL(b_t ‖ b_s) + β·KL(p̂_t ‖ p̂_s))</c> at T: <c>b</c> sets the label's class against all others together,
/// <c>p̂</c> has the others alone (Zhao et al., 2203.08679, 3.2).
/// </summary>
/// <param name="alpha">α, at least 0.</param>
/// <param name="beta">β, at least 0.</param>
internal sealed class DkdTerm(double alpha, double beta) : ILossTerm
{
    public Tensor Value(LossInputs inputs)
    {
        var labels_B1 = inputs.Labels_B.unsqueeze(1);
        var isLabel_BC = nn.functional.one_hot(inputs.Labels_B, inputs.Student_BC.shape[1]).to(ScalarType.Bool);
        var (teacher_B2, teacherOthers_BC) = Decouple(inputs.Teacher_BC, labels_B1, isLabel_BC);
        var (student_B2, studentOthers_BC) = Decouple(inputs.StudentAtTemperature(), labels_B1, isLabel_BC);
        return inputs.Scaled(
            (alpha * Divergence.Kl(teacher_B2, student_B2)) + (beta * Others(teacherOthers_BC, studentOthers_BC, isLabel_BC)));
    }

    /// <summary>Logarithms of label against rest, <c>[B, 2]</c>, and of each class within the rest, <c>[B, C]</c>, where the label counts for nothing.</summary>
    private static (Tensor Binary_B2, Tensor Others_BC) Decouple(Tensor logP_BC, Tensor labels_B1, Tensor isLabel_BC)
    {
        var rest_B1 = logP_BC.masked_fill(isLabel_BC, double.NegativeInfinity).logsumexp(1, keepdim: true);
        return (cat([logP_BC.gather(1, labels_B1), rest_B1], 1), logP_BC - rest_B1);
    }

    private static Tensor Others(Tensor logP_BC, Tensor logQ_BC, Tensor isLabel_BC) =>
        (logP_BC.exp() * (logP_BC - logQ_BC)).masked_fill(isLabel_BC, 0).sum();
}
