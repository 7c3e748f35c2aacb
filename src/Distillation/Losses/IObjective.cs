using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Lessons;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>What a training minimises.</summary>
public interface IObjective
{
    /// <summary>How long <see cref="Loss"/> has waited for teachers so far.</summary>
    TimeSpan Waited { get; }

    /// <summary>Names of the student's modules that the loss looks at.</summary>
    IReadOnlyList<string> Features => [];

    /// <summary>What is learnt besides the network and thrown away with the objective.</summary>
    IReadOnlyList<Parameter> Parameters => [];

    /// <summary>The loss of one step, a scalar; blocks until what it needs is there.</summary>
    /// <param name="batch">The step's samples.</param>
    /// <param name="output">What the student makes of them: logits, and the features that were asked for.</param>
    /// <param name="labels_B">What they are, <c>[B]</c>, 64-bit integers.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation);

    /// <summary>What further steps depend on besides the network and its optimizer; empty for nothing.</summary>
    byte[] Save() => [];

    /// <summary>Goes on from what was saved between two steps.</summary>
    void Restore(byte[] state)
    {
    }
}
