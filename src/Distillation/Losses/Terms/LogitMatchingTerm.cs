using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>Σ_c (z_s - z_t)² / (2C)</c> of row-centred logits: what <see cref="KdTerm"/> tends to as T grows (Hinton, Vinyals and
/// Dean, 1503.02531, 2.1).
/// </summary>
internal sealed class LogitMatchingTerm : ILossTerm
{
    public Tensor Value(LossInputs inputs) =>
        (Centred(inputs.Student_BC) - Centred(inputs.Teacher_BC * inputs.Temperature)).square().mean() / 2;

    private static Tensor Centred(Tensor logits_BC) => logits_BC - logits_BC.mean([1], keepdim: true);
}
