using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Serving;

/// <summary>Makes tensors of logits, wherever those live.</summary>
public static class LogitTensors
{
    /// <summary>
    /// The logits as a tensor <c>[B, C]</c> on the CPU, which is the caller's and outlives <paramref name="logits"/>: the
    /// same memory where they are a tensor of this process, a copy where they came off the wire.
    /// </summary>
    public static Tensor From(ILogits logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits is TensorLogits local)
        {
            return local.Share();
        }

        var copy_BC = empty([logits.Rows, logits.Classes], ScalarType.Float32);
        MemoryMarshal.AsBytes(logits.Values).CopyTo(copy_BC.bytes);
        return copy_BC;
    }
}
