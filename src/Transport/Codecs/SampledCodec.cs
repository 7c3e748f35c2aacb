using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Randomness;

namespace Stillhouse.Transport.Codecs;

/// <summary>
/// Classes drawn N times with their probabilities; a class drawn n times gets probability n/N, so that the gradient is the
/// full one on average (random sampling knowledge distillation, 2503.16870). The draws depend on view, split and sample id
/// alone, so an answer is the same whenever and in whatever block it is given.
/// </summary>
/// <remarks>A row is the N classes that were drawn, ascending.</remarks>
/// <param name="draws">N.</param>
/// <param name="temperature">T of the softmax that is drawn from.</param>
public sealed class SampledCodec(int draws, double temperature) : SparseCodec(draws, temperature)
{
    private const int FractionBits = 53;

    public override string Name => $"sampled:{MaximumSlots}@{Temperature}";

    public override int RowBytes(int width) => MaximumSlots * ClassIds.Bytes(width);

    public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int width, Span<byte> rows)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        using var weights = new Scratch<float>(width);
        using var cumulative = new Scratch<double>(width);
        using var drawn = new Scratch<int>(MaximumSlots);
        var seed = Seeds.Derive(0, $"classes of {lesson.Split} samples, {lesson.View}");
        var random = new SplitMix64(seed);
        var rowBytes = RowBytes(width);
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            Weigh(logits.Slice(row * width, width), weights.Span);
            Accumulate(weights.Span, cumulative.Span);
            random.Restart(seed, lesson.Samples.First + row);
            Draw(cumulative.Span, random, drawn.Span);
            var encoded = rows.Slice(row * rowBytes, rowBytes);
            for (var draw = 0; draw < MaximumSlots; draw++)
            {
                ClassIds.Write(encoded, draw, drawn.Span[draw], width);
            }
        }
    }

    public override float DecodeRow(ReadOnlySpan<byte> row, int classes, Span<long> ids, Span<float> logProbabilities)
    {
        var slot = 0;
        for (var draw = 0; draw < MaximumSlots; slot++)
        {
            var id = ClassIds.Read(row, draw, classes);
            var first = draw;
            while (draw < MaximumSlots && ClassIds.Read(row, draw, classes) == id)
            {
                draw++;
            }

            ids[slot] = id;
            logProbabilities[slot] = MathF.Log((float)(draw - first) / MaximumSlots);
        }

        ids[slot..].Clear();
        logProbabilities[slot..].Fill(float.NegativeInfinity);
        return float.NegativeInfinity;
    }

    public override string? Flaw(ReadOnlySpan<byte> rows, int width)
    {
        var rowBytes = RowBytes(width);
        for (var row = 0; row < rows.Length / rowBytes; row++)
        {
            if (ClassIds.Flaw(rows.Slice(row * rowBytes, rowBytes), MaximumSlots, width, step: 0) is { } flaw)
            {
                return $"in row {row} {flaw}";
            }
        }

        return null;
    }

    private static void Accumulate(ReadOnlySpan<float> weights, Span<double> cumulative)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            cumulative[i] = sum += weights[i];
        }
    }

    private static void Draw(ReadOnlySpan<double> cumulative, SplitMix64 random, Span<int> drawn)
    {
        foreach (ref var id in drawn)
        {
            var point = (random.Next() >> (64 - FractionBits)) * (1.0 / (1L << FractionBits)) * cumulative[^1];
            id = FirstAbove(cumulative, point);
        }

        drawn.Sort();
    }

    /// <summary>The first class whose cumulative weight is above a point; never one without any weight.</summary>
    private static int FirstAbove(ReadOnlySpan<double> cumulative, double point)
    {
        var (low, high) = (0, cumulative.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = cumulative[middle] > point ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
