using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>
/// Values in half precision: IEEE 754 binary16, little-endian. The error is at most 2^-11 of the value, and 2^-25 near 0.
/// </summary>
/// <param name="features">Names of modules whose values follow the logits.</param>
/// <remarks>
/// A lesson with a value beyond ±65504 is refused. To saturate would make unlike logits alike without a word, and to shift
/// a row by its greatest logit would keep its softmax but change the mean of logits over an ensemble.
/// </remarks>
public sealed class Fp16Codec(params IReadOnlyList<string> features) : DenseCodec("fp16", features)
{
    /// <summary>All bits of the exponent; a value that has them all set is infinite or not a number.</summary>
    private const ushort Exponent = 0x7C00;

    public override int RowBytes(int width) => width * sizeof(ushort);

    /// <exception cref="LessonRefusedException">A value is outside the range of half precision.</exception>
    public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int width, Span<byte> rows)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(rows);
        TensorPrimitives.ConvertToHalf(logits, halves);
        if (FirstNonFinite(halves) is { } i)
        {
            throw new LessonRefusedException(
                $"Value {i % width} of row {i / width} of lesson {lesson} is {logits[i]}, and codec {Name} holds "
                + $"{Half.MinValue} to {Half.MaxValue}. Use codec {(Features.Count == 0 ? "int8 or fp32" : "fp32")}.");
        }
    }

    // Faster than TensorPrimitives.ConvertToSingle, measured: for short rows by 2, else by up to 3.
    public override void DecodeRow(ReadOnlySpan<byte> row, Span<float> values)
    {
        var bits = MemoryMarshal.Cast<byte, ushort>(row);
        var i = 0;
        for (; i <= bits.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(bits[i..]));
            ToSingle(low).CopyTo(values[i..]);
            ToSingle(high).CopyTo(values[(i + Vector128<uint>.Count)..]);
        }

        for (; i < bits.Length; i++)
        {
            values[i] = (float)BitConverter.UInt16BitsToHalf(bits[i]);
        }
    }

    public override string? Flaw(ReadOnlySpan<byte> rows, int width)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(rows);
        return FirstNonFinite(halves) is { } i
            ? $"value {i % width} of row {i / width} is {halves[i]}, not a finite number"
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

    /// <summary>Moves the bits of finite halves to where a single has them, and then corrects the bias of the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ToSingle(Vector128<uint> halves)
    {
        const int moved = 13;
        const float bias = 5.192296858534828e33f; // 2^(127 - 15)
        var sign = (halves & Vector128.Create(0x8000u)) << 16;
        var magnitude = ((halves & Vector128.Create(0x7FFFu)) << moved).AsSingle() * Vector128.Create(bias);
        return (magnitude.AsUInt32() | sign).AsSingle();
    }
}
