using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>Logits as they are: IEEE 754 binary32, little-endian.</summary>
public sealed class Fp32Codec : DenseCodec
{
    public override string Name => "fp32";

    public override int RowBytes(int classes) => classes * sizeof(float);

    public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int classes, Span<byte> rows) =>
        MemoryMarshal.AsBytes(logits).CopyTo(rows);

    public override void DecodeRow(ReadOnlySpan<byte> row, Span<float> logits) =>
        MemoryMarshal.Cast<byte, float>(row).CopyTo(logits);

    public override string? Flaw(ReadOnlySpan<byte> rows, int classes)
    {
        var values = MemoryMarshal.Cast<byte, float>(rows);
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
        {
            return null;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return $"the logit of row {i / classes} for class {i % classes} is {values[i]}, not a finite number";
            }
        }

        return null;
    }
}
