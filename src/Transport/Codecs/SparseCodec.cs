using System.Numerics.Tensors;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>A codec that keeps the probabilities of some classes at one temperature, <c>softmax(z / T)</c>.</summary>
public abstract class SparseCodec : TargetCodec
{
    private const int MostSlots = 65_535;
    private const double HighestTemperature = 1_000;

    private protected SparseCodec(int slots, double temperature)
    {
        if (!IsValid(slots, temperature))
        {
            throw new ArgumentException(
                $"{slots} classes a sample at temperature {temperature} were asked for; possible are 1 to {MostSlots} at more than 0, "
                + $"up to {HighestTemperature}.");
        }

        (MaximumSlots, Temperature) = (slots, temperature);
    }

    /// <summary>T of the softmax that is kept.</summary>
    public double Temperature { get; }

    /// <summary>Slots of a row where there are classes enough.</summary>
    private protected int MaximumSlots { get; }

    /// <summary>Classes that a row can keep, K: no more than there are.</summary>
    public int Slots(int classes) => Math.Min(MaximumSlots, classes);

    /// <summary>Decodes one sample.</summary>
    /// <param name="row"><c>RowBytes(classes)</c> bytes.</param>
    /// <param name="classes">Classes that the teacher tells apart, C.</param>
    /// <param name="ids">K class numbers to write; 0 where a slot is unused.</param>
    /// <param name="logProbabilities">K logarithms to write; negative infinity where a slot is unused.</param>
    /// <returns>The logarithm of what all other classes have together; negative infinity where that is nothing.</returns>
    public abstract float DecodeRow(ReadOnlySpan<byte> row, int classes, Span<long> ids, Span<float> logProbabilities);

    public override BatchTargets Open(BatchRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new SparseRows(this, rows);
    }

    /// <summary>Whether there is a codec with so many slots and this temperature, which must be above 0 as fp32, too.</summary>
    internal static bool IsValid(int slots, double temperature) =>
        slots is >= 1 and <= MostSlots && temperature <= HighestTemperature && (float)temperature > 0;

    /// <summary>Writes <c>exp((z - greatest) / T)</c>: the probabilities times something, at most 1 each.</summary>
    /// <returns>The greatest logit.</returns>
    private protected float Weigh(ReadOnlySpan<float> logits, Span<float> weights)
    {
        var greatest = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, greatest, weights);
        TensorPrimitives.Divide(weights, (float)Temperature, weights);
        TensorPrimitives.Exp(weights, weights);
        return greatest;
    }

    private sealed class SparseRows(SparseCodec codec, BatchRows rows)
        : SparseTargets(rows.Count, rows.Width, codec.Slots(rows.Width), codec.Temperature)
    {
        public override void CopyTo(Span<long> classes, Span<float> logProbabilities, Span<float> logTails)
        {
            for (var sample = 0; sample < Rows; sample++)
            {
                var slots = new Range(sample * Slots, (sample + 1) * Slots);
                logTails[sample] = codec.DecodeRow(rows[sample], Classes, classes[slots], logProbabilities[slots]);
            }
        }

        public override void Dispose() => rows.Dispose();
    }
}
