using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>A codec that keeps a logit for every class.</summary>
public abstract class DenseCodec : TargetCodec
{
    /// <summary>Decodes one sample.</summary>
    /// <param name="row"><c>RowBytes(C)</c> bytes.</param>
    /// <param name="logits">C values to write.</param>
    public abstract void DecodeRow(ReadOnlySpan<byte> row, Span<float> logits);

    public override BatchTargets Open(BatchRows rows) => new DenseRows(this, rows);

    private sealed class DenseRows(DenseCodec codec, BatchRows rows) : DenseTargets(rows.Count, rows.Classes)
    {
        public override void CopyTo(Span<float> logits)
        {
            for (var sample = 0; sample < Rows; sample++)
            {
                codec.DecodeRow(rows[sample], logits.Slice(sample * Classes, Classes));
            }
        }

        public override void Dispose() => rows.Dispose();
    }
}
