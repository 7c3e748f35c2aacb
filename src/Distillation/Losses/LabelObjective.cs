using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Cross-entropy with the labels, averaged over the batch: learning without teachers.</summary>
/// <param name="smoothing">The share of each label that is spread over all classes, 0 to below 1.</param>
public sealed class LabelObjective(double smoothing) : IObjective
{
    public TimeSpan Waited => TimeSpan.Zero;

    public Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation) =>
        LabelLoss.Of(output.Logits_BC, labels_B, smoothing);
}
