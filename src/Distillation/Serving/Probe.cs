using System.Runtime.InteropServices;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Randomness;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Serving;

/// <summary>
/// A lesson that every network can be asked, whatever its data: noise. Two replicas of an artifact give students the same
/// targets only if they agree on it to the last bit, so the answer's digest is compared, not its size; a node whose
/// processor or threads round otherwise is found before it serves.
/// </summary>
public static class Probe
{
    private const int Samples = 32;

    /// <summary>SHA-256 of the logits, 32-bit floats, row by row. Runs on the replica's own thread.</summary>
    /// <param name="network">In evaluation mode.</param>
    public static Digest Answer(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var noise = new SplitMix64(0);
        var pixels = new byte[Samples * network.Spec.Inputs];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (byte)noise.Next();
        }

        var logits_BC = network.call(Batches.Inputs(pixels, network.Spec.Inputs, network.Device)).cpu();
        return Digest.Of(MemoryMarshal.AsBytes(logits_BC.data<float>().ToArray().AsSpan()));
    }
}
