using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>Cross-entropy with the labels: what a student learns without teachers.</summary>
internal sealed class LabelsTerm : ILossTerm
{
    public Tensor Value(LossInputs inputs) => LabelLoss.Of(inputs.Student_BC, inputs.Labels_B, inputs.Smoothing);
}
