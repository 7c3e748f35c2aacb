using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>
/// Logits in half precision: IEEE 754 binary16, little-endian. The error is at most 2^-11 of the logit, and 2^-25 near 0.
/// </summary>
/// <remarks>
/// A lesson with a logit beyond ±65504 is refused. To saturate would make unlike logits alike without a word, and to shift
/// a row by its greatest logit would keep its softmax but change the mean of logits over an ensemble.
/// </remarks>
public sealed class Fp16Codec : DenseCodec
{
    /// <summary>All bits of the exponent; a value that has them all set is infinite or not a number.</summary>
    private const ushort Exponent = 0x7C00;

    public override string Name => "fp16";

    public override int RowBytes(int classes) => classes * sizeof(ushort);

    /// <exception cref="LessonRefusedException">A logit is outside the range of half precision.</exception>
    public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int classes, Span<byte> rows)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(rows);
        TensorPrimitives.ConvertToHalf(logits, halves);
        if (FirstNonFinite(halves) is { } i)
        {
            throw new LessonRefusedException(
                $"The logit of lesson {lesson} for row {i / classes}, class {i % classes} is {logits[i]}, and codec {Name} holds "
                + $"{Half.MinValue} to {Half.MaxValue}. Use codec int8 or fp32.");
        }
    }

    public override void DecodeRow(ReadOnlySpan<byte> row, Span<float> logits) =>
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(row), logits);

    public override string? Flaw(ReadOnlySpan<byte> rows, int classes)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(rows);
        return FirstNonFinite(halves) is { } i
            ? $"the logit of row {i / classes} for class {i % classes} is {halves[i]}, not a finite number"
            : null;
    }

    private static int? FirstNonFinite(ReadOnlySpan<Half> values)
    {
        var exponent = new Vector<ushort>(Exponent);
        var bits = MemoryMarshal.Cast<Half, ushort>(values);
        var i = 0;
        while (i <= bits.Length - Vector<ushort>.Count
            && !Vector.EqualsAny(new Vector<ushort>(bits[i..]) & exponent, exponent))
        {
            i += Vector<ushort>.Count;
        }

        for (; i < values.Length; i++)
        {
            if (!Half.IsFinite(values[i]))
            {
                return i;
            }
        }

        return null;
    }
}
