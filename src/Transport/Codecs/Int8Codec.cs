using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>
/// Logits in 256 levels between the least and the greatest of each row: <c>midpoint + scale · (level - 127.5)</c>. Both
/// ends are exact, and no logit is off by more than half of the scale, (greatest - least) / 510. A row is the scale and the
/// midpoint as fp32, then a byte for every class.
/// </summary>
public sealed class Int8Codec() : DenseCodec("int8", features: [])
{
    private const int HeadBytes = 2 * sizeof(float);
    private const float Levels = 256;
    private const float Middle = (Levels - 1) / 2;

    public override int RowBytes(int width) => HeadBytes + width;

    /// <exception cref="LessonRefusedException">The least and the greatest logit of a row are as far apart as fp32 goes.</exception>
    public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int width, Span<byte> rows)
    {
        var rowBytes = RowBytes(width);
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            var values = logits.Slice(row * width, width);
            var encoded = rows.Slice(row * rowBytes, rowBytes);
            var (least, greatest) = (TensorPrimitives.Min(values), TensorPrimitives.Max(values));
            // Each half on its own, since the difference of two floats may be infinite.
            var head = new Head((greatest / (Levels - 1)) - (least / (Levels - 1)), (greatest / 2) + (least / 2));
            if (!head.IsFinite)
            {
                throw new LessonRefusedException(
                    $"The logits of lesson {lesson}, row {row} go from {least} to {greatest}, which is more than codec {Name} can "
                    + "span. Use codec fp32.");
            }

            head.Write(encoded);
            Quantize(values, head, encoded[HeadBytes..]);
        }
    }

    public override void DecodeRow(ReadOnlySpan<byte> row, Span<float> values)
    {
        var (scale, midpoint) = Head.Read(row);
        var levels = row[HeadBytes..];
        var i = 0;
        for (; i <= levels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(levels[i..]), out var low, out var high);
            WriteLogits(low, scale, midpoint, values[i..]);
            WriteLogits(high, scale, midpoint, values[(i + Vector<ushort>.Count)..]);
        }

        for (; i < levels.Length; i++)
        {
            values[i] = (scale * (levels[i] - Middle)) + midpoint;
        }
    }

    public override string? Flaw(ReadOnlySpan<byte> rows, int width)
    {
        var rowBytes = RowBytes(width);
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            var head = Head.Read(rows[(row * rowBytes)..]);
            if (!head.IsFinite || head.Scale < 0)
            {
                return $"row {row} has scale {head.Scale} and midpoint {head.Midpoint}, which give no finite logits";
            }
        }

        return null;
    }

    /// <summary>
    /// Level n is what lies between n and n + 1 scales above 128 scales below the midpoint. Where logits are large and close
    /// together, rounding moves the midpoint, and the ends would be outside of all levels.
    /// </summary>
    private static void Quantize(ReadOnlySpan<float> values, Head head, Span<byte> levels)
    {
        var (scale, midpoint) = head;
        if (scale == 0)
        {
            levels.Clear();
            return;
        }

        var step = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var low = Vector.Narrow(LevelsOf(values[i..], head), LevelsOf(values[(i + step)..], head));
            var high = Vector.Narrow(LevelsOf(values[(i + (2 * step))..], head), LevelsOf(values[(i + (3 * step))..], head));
            Vector.Narrow(low, high).CopyTo(levels[i..]);
        }

        for (; i < values.Length; i++)
        {
            levels[i] = (byte)Math.Clamp(((values[i] - midpoint) / scale) + (Levels / 2), 0, Levels - 1);
        }
    }

    // By way of signed numbers, since not every processor converts to unsigned ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> LevelsOf(ReadOnlySpan<float> values, Head head)
    {
        var levels = ((new Vector<float>(values) - new Vector<float>(head.Midpoint)) / new Vector<float>(head.Scale))
            + new Vector<float>(Levels / 2);
        return Vector.AsVectorUInt32(
            Vector.ConvertToInt32Native(Vector.Clamp(levels, Vector<float>.Zero, new Vector<float>(Levels - 1))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLogits(Vector<ushort> levels, float scale, float midpoint, Span<float> logits)
    {
        Vector.Widen(levels, out var low, out var high);
        WriteLogits(low, scale, midpoint, logits);
        WriteLogits(high, scale, midpoint, logits[Vector<float>.Count..]);
    }

    // Multiplied and added in two steps: a fused step would round otherwise, and not every processor has it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLogits(Vector<uint> levels, float scale, float midpoint, Span<float> logits) =>
        ((new Vector<float>(scale) * (Vector.ConvertToSingle(levels) - new Vector<float>(Middle))) + new Vector<float>(midpoint))
            .CopyTo(logits);

    private readonly record struct Head(float Scale, float Midpoint)
    {
        /// <summary>Whether every level gives a finite logit.</summary>
        public bool IsFinite => float.IsFinite((Scale * Middle) + MathF.Abs(Midpoint));

        public static Head Read(ReadOnlySpan<byte> row) =>
            new(BinaryPrimitives.ReadSingleLittleEndian(row), BinaryPrimitives.ReadSingleLittleEndian(row[sizeof(float)..]));

        public void Write(Span<byte> row)
        {
            BinaryPrimitives.WriteSingleLittleEndian(row, Scale);
            BinaryPrimitives.WriteSingleLittleEndian(row[sizeof(float)..], Midpoint);
        }
    }
}
