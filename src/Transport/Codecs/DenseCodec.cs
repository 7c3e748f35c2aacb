using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>A codec that keeps a logit for every class, and may keep features behind them.</summary>
/// <param name="kind">The name without features.</param>
/// <param name="features">Names of modules; none for logits alone.</param>
public abstract class DenseCodec(string kind, IReadOnlyList<string> features) : TargetCodec
{
    public sealed override string Name { get; } = features.Count == 0 ? kind : $"{kind}{FeatureMark}{string.Join(FeatureGap, features)}";

    public sealed override IReadOnlyList<string> Features => features;

    /// <summary>What parts the kind from the features in a name.</summary>
    internal const char FeatureMark = '+';

    /// <summary>What parts one feature from the next in a name.</summary>
    internal const char FeatureGap = ',';

    /// <summary>Decodes one sample.</summary>
    /// <param name="row"><c>RowBytes(W)</c> bytes.</param>
    /// <param name="values">W values to write.</param>
    public abstract void DecodeRow(ReadOnlySpan<byte> row, Span<float> values);

    public override BatchTargets Open(BatchRows rows) => new DenseRows(this, rows);

    private sealed class DenseRows(DenseCodec codec, BatchRows rows) : DenseTargets(rows.Count, rows.Width)
    {
        public override void CopyTo(Span<float> values)
        {
            for (var sample = 0; sample < Rows; sample++)
            {
                codec.DecodeRow(rows[sample], values.Slice(sample * Width, Width));
            }
        }

        public override void Dispose() => rows.Dispose();
    }
}
