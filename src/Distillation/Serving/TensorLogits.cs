using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Serving;

/// <summary>Logits, and features behind them, that live in a tensor of this process.</summary>
public sealed class TensorLogits : ILogits
{
    private readonly Tensor _values_BW;

    /// <param name="values_BW">Contiguous 32-bit floats on the CPU, <c>[B, W]</c>; owned from now on, and by no dispose scope.</param>
    /// <exception cref="ArgumentException">The tensor is of another kind.</exception>
    public TensorLogits(Tensor values_BW)
    {
        ArgumentNullException.ThrowIfNull(values_BW);
        if (values_BW.dim() != 2 || values_BW.dtype != ScalarType.Float32 || values_BW.device_type != TorchSharp.DeviceType.CPU
            || !values_BW.is_contiguous())
        {
            throw new ArgumentException($"Contiguous 32-bit floats [B, W] on the CPU are needed, this is {values_BW}.", nameof(values_BW));
        }

        _values_BW = values_BW.DetachFromDisposeScope();
        Rows = (int)values_BW.shape[0];
        Width = (int)values_BW.shape[1];
    }

    public int Rows { get; }

    public int Width { get; }

    /// <summary>The tensor's own memory.</summary>
    public ReadOnlySpan<float> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_values_BW.IsInvalid, this);
            return MemoryMarshal.Cast<byte, float>(_values_BW.bytes);
        }
    }

    public void Dispose() => _values_BW.Dispose();

    /// <summary>Another handle to the same memory, which lives on after disposal of this one.</summary>
    internal Tensor Share()
    {
        ObjectDisposedException.ThrowIf(_values_BW.IsInvalid, this);
        return _values_BW.alias();
    }
}
