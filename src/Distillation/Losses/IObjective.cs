using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>What a training minimises.</summary>
public interface IObjective
{
    /// <summary>How long <see cref="Loss"/> has waited for teachers so far.</summary>
    TimeSpan Waited { get; }

    /// <summary>The loss of one step, a scalar; blocks until what it needs is there.</summary>
    /// <param name="batch">The step's samples.</param>
    /// <param name="logits_BC">What the student makes of them, <c>[B, C]</c>.</param>
    /// <param name="labels_B">What they are, <c>[B]</c>, 64-bit integers.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Tensor Loss(Batch batch, Tensor logits_BC, Tensor labels_B, CancellationToken cancellation);

    /// <summary>What further steps depend on besides the network and its optimizer; empty for nothing.</summary>
    byte[] Save() => [];

    /// <summary>Goes on from what was saved between two steps.</summary>
    void Restore(byte[] state)
    {
    }
}
