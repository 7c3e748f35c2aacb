using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Codecs;

/// <summary>
/// A way to write soft targets as bytes, the same for wire and stores. Every sample has a row of the same length, so rows
/// can be read one by one. Encoding is a pure function of (lesson, logits).
/// </summary>
public abstract class TargetCodec
{
    /// <summary>Name and parameters, for example <c>fp32</c>, <c>fp16+conv2,fc1</c> or <c>top-k:64@4</c>; two sides that agree on it agree on every bit.</summary>
    public abstract string Name { get; }

    /// <summary>Names of the modules whose values follow the logits in every row; what they are belongs to what both sides agree on.</summary>
    public virtual IReadOnlyList<string> Features => [];

    /// <summary>Bytes of one sample.</summary>
    /// <param name="width">Values per sample: a logit for every class, and behind them those of <see cref="Features"/>.</param>
    public abstract int RowBytes(int width);

    /// <summary>Encodes all rows of a lesson.</summary>
    /// <param name="lesson">Seeds codecs that draw.</param>
    /// <param name="logits"><c>Samples.Count × width</c> finite values.</param>
    /// <param name="width">Values per sample.</param>
    /// <param name="rows"><c>Samples.Count × RowBytes(width)</c> bytes to write.</param>
    public abstract void Encode(Lesson lesson, ReadOnlySpan<float> logits, int width, Span<byte> rows);

    /// <summary>Encodes a teacher's answer, once its shape and its values have been checked.</summary>
    /// <param name="targets">Owned from now on.</param>
    /// <exception cref="WrongAnswerException">The network's answer has another number of rows, or a value that is not finite.</exception>
    /// <exception cref="LessonRefusedException">A value is outside the range of the codec.</exception>
    public EncodedTargets Encode(SoftTargets targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        try
        {
            LogitChecks.Require(targets);
        }
        catch
        {
            targets.Dispose();
            throw;
        }

        return new EncodedTargets(targets.Lesson, this, targets.Logits.Width, targets.ComputeTime, Write(targets));
    }

    /// <summary>What is wrong with rows that were received, in words that name row and finding; null if nothing is.</summary>
    public abstract string? Flaw(ReadOnlySpan<byte> rows, int width);

    /// <summary>The targets of a batch, decoded when they are read.</summary>
    /// <param name="rows">Owned from now on: disposing the result disposes them.</param>
    public abstract BatchTargets Open(BatchRows rows);

    /// <summary>Encodes an answer that has been checked.</summary>
    /// <param name="targets">Owned from now on.</param>
    protected virtual TargetMemory Write(SoftTargets targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using (targets)
        {
            var (lesson, logits, _) = targets;
            var rows = PooledMemory.Rent(checked(logits.Rows * RowBytes(logits.Width)));
            try
            {
                Encode(lesson, logits.Values, logits.Width, rows.Writable);
                return rows;
            }
            catch
            {
                rows.Dispose();
                throw;
            }
        }
    }
}
