using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Serving;

/// <summary>Logits that live in a tensor of this process.</summary>
public sealed class TensorLogits : ILogits
{
    private readonly Tensor _logits_BC;

    /// <param name="logits_BC">Contiguous 32-bit floats on the CPU, <c>[B, C]</c>; owned from now on, and by no dispose scope.</param>
    /// <exception cref="ArgumentException">The tensor is of another kind.</exception>
    public TensorLogits(Tensor logits_BC)
    {
        ArgumentNullException.ThrowIfNull(logits_BC);
        if (logits_BC.dim() != 2 || logits_BC.dtype != ScalarType.Float32 || logits_BC.device_type != TorchSharp.DeviceType.CPU
            || !logits_BC.is_contiguous())
        {
            throw new ArgumentException($"Contiguous 32-bit floats [B, C] on the CPU are needed, this is {logits_BC}.", nameof(logits_BC));
        }

        _logits_BC = logits_BC.DetachFromDisposeScope();
        Rows = (int)logits_BC.shape[0];
        Classes = (int)logits_BC.shape[1];
    }

    public int Rows { get; }

    public int Classes { get; }

    /// <summary>The tensor's own memory.</summary>
    public ReadOnlySpan<float> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_logits_BC.IsInvalid, this);
            return MemoryMarshal.Cast<byte, float>(_logits_BC.bytes);
        }
    }

    public void Dispose() => _logits_BC.Dispose();

    /// <summary>Another handle to the same memory, which lives on after disposal of this one.</summary>
    internal Tensor Share()
    {
        ObjectDisposedException.ThrowIf(_logits_BC.IsInvalid, this);
        return _logits_BC.alias();
    }
}
