using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Peers;

/// <summary>
/// Learning from the labels, no faster than the others follow: a step waits until all of them have come as far as the exchange says.
/// What they answer is not learnt from.
/// </summary>
/// <param name="labels">The loss.</param>
public sealed class AttendedLabels(IObjective labels, ILessonFeed others, TimeProvider time) : IObjective
{
    public TimeSpan Waited { get; private set; }

    public Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        foreach (var heard in others.Take(batch, cancellation))
        {
            heard?.Dispose();
        }

        Waited += time.GetElapsedTime(started);
        return labels.Loss(batch, output, labels_B, cancellation);
    }
}
