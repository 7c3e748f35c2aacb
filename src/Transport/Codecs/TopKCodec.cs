using System.Buffers.Binary;
using System.Numerics.Tensors;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>
/// The K most probable classes and, in one bucket, the tail of all others. The KL divergence of such targets is a lower
/// bound of the full one. Of equally probable classes the lower ones are kept.
/// </summary>
/// <remarks>
/// A row is the logarithm of the tail's probability and those of the kept classes, as fp32, then the kept classes,
/// ascending. The tail is stored rather than taken as 1 - Σp when it is read: where the kept classes have nearly everything,
/// rounding would leave nothing of it.
/// </remarks>
/// <param name="k">Classes to keep; all where there are no more.</param>
/// <param name="temperature">T of the softmax that is kept.</param>
public sealed class TopKCodec(int k, double temperature) : SparseCodec(k, temperature)
{
    /// <summary>By how much the probabilities of a row may miss 1 in sum, since their logarithms are rounded.</summary>
    private const double SumTolerance = 1e-3;

    public override string Name => $"top-k:{MaximumSlots}@{Temperature}";

    public override int RowBytes(int width) => ((1 + Slots(width)) * sizeof(float)) + (Slots(width) * ClassIds.Bytes(width));

    public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int width, Span<byte> rows)
    {
        using var weights = new Scratch<float>(width);
        using var heap = new Scratch<float>(Slots(width));
        using var top = new Scratch<int>(Slots(width));
        var rowBytes = RowBytes(width);
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            var values = logits.Slice(row * width, width);
            TopClasses.Select(values, heap.Span, top.Span);
            EncodeRow(values, weights.Span, top.Span, rows.Slice(row * rowBytes, rowBytes));
        }
    }

    public override float DecodeRow(ReadOnlySpan<byte> row, int classes, Span<long> ids, Span<float> logProbabilities)
    {
        var slots = Slots(classes);
        for (var slot = 0; slot < slots; slot++)
        {
            ids[slot] = ClassIds.Read(Ids(row, slots), slot, classes);
            logProbabilities[slot] = LogProbability(row, slot);
        }

        return LogTail(row);
    }

    public override string? Flaw(ReadOnlySpan<byte> rows, int width)
    {
        var rowBytes = RowBytes(width);
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            if (RowFlaw(rows.Slice(row * rowBytes, rowBytes), width) is { } flaw)
            {
                return $"in row {row} {flaw}";
            }
        }

        return null;
    }

    private static float LogTail(ReadOnlySpan<byte> row) => BinaryPrimitives.ReadSingleLittleEndian(row);

    private static float LogProbability(ReadOnlySpan<byte> row, int slot) =>
        BinaryPrimitives.ReadSingleLittleEndian(row[((1 + slot) * sizeof(float))..]);

    private static ReadOnlySpan<byte> Ids(ReadOnlySpan<byte> row, int slots) => row[((1 + slots) * sizeof(float))..];

    private void EncodeRow(ReadOnlySpan<float> logits, Span<float> weights, ReadOnlySpan<int> top, Span<byte> row)
    {
        var greatest = Weigh(logits, weights);
        var logSum = Math.Log(TensorPrimitives.Sum<float>(weights));
        var ids = row[((1 + top.Length) * sizeof(float))..];
        for (var slot = 0; slot < top.Length; slot++)
        {
            var logProbability = (((double)logits[top[slot]] - greatest) / Temperature) - logSum;
            BinaryPrimitives.WriteSingleLittleEndian(row[((1 + slot) * sizeof(float))..], (float)logProbability);
            ClassIds.Write(ids, slot, top[slot], classes: logits.Length);
            weights[top[slot]] = 0;
        }

        // What is left over is summed by itself: a difference of sums would drown a small tail in rounding errors.
        BinaryPrimitives.WriteSingleLittleEndian(row, (float)(Math.Log(TensorPrimitives.Sum<float>(weights)) - logSum));
    }

    private string? RowFlaw(ReadOnlySpan<byte> row, int classes)
    {
        var slots = Slots(classes);
        if (ClassIds.Flaw(Ids(row, slots), slots, classes, step: 1) is { } flaw)
        {
            return flaw;
        }

        var sum = Math.Exp(LogTail(row));
        for (var slot = 0; slot < slots; slot++)
        {
            sum += Math.Exp(LogProbability(row, slot));
        }

        if (!(Math.Abs(sum - 1) <= SumTolerance))
        {
            return $"the probabilities add up to {sum}, not to 1";
        }

        return slots == classes && LogTail(row) > float.NegativeInfinity
            ? $"all {classes} classes are kept, and yet the tail has probability {Math.Exp(LogTail(row))}"
            : null;
    }
}
