using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Cross-entropy with the labels, averaged over the batch: learning without teachers.</summary>
public sealed class LabelObjective : IObjective
{
    public TimeSpan Waited => TimeSpan.Zero;

    public Tensor Loss(Batch batch, Tensor logits_BC, Tensor labels_B, CancellationToken cancellation) =>
        nn.functional.cross_entropy(logits_BC, labels_B);
}
