using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>T² · KL(softmax(ẑ_t / T) ‖ softmax(ẑ_s / T))</c> with <c>ẑ = (z - mean) / (std + 1e-7)</c> of each sample's logits
/// (Sun et al., 2403.01427). The deviation is the sample's (C - 1), as in their code.
/// </summary>
internal sealed class LogitStandardisationTerm : ILossTerm
{
    private const double LeastDeviation = 1e-7;

    public Tensor Value(LossInputs inputs)
    {
        var teacher_BC = Standardised(inputs.Teacher_BC * inputs.Temperature) / inputs.Temperature;
        var student_BC = Standardised(inputs.Student_BC) / inputs.Temperature;
        return inputs.Scaled(Divergence.Kl(nn.functional.log_softmax(teacher_BC, 1), nn.functional.log_softmax(student_BC, 1)));
    }

    private static Tensor Standardised(Tensor logits_BC) =>
        (logits_BC - logits_BC.mean([1], keepdim: true)) / (logits_BC.std(1, unbiased: true, keepdim: true) + LeastDeviation);
}
