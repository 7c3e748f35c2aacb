using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Codecs;

/// <summary>Values as they are: IEEE 754 binary32, little-endian.</summary>
/// <param name="features">Names of modules whose values follow the logits.</param>
public sealed class Fp32Codec(params IReadOnlyList<string> features) : DenseCodec("fp32", features)
{
    public override int RowBytes(int width) => width * sizeof(float);

    public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int width, Span<byte> rows) =>
        MemoryMarshal.AsBytes(logits).CopyTo(rows);

    public override void DecodeRow(ReadOnlySpan<byte> row, Span<float> values) =>
        MemoryMarshal.Cast<byte, float>(row).CopyTo(values);

    public override string? Flaw(ReadOnlySpan<byte> rows, int width) =>
        LogitChecks.Flaw(MemoryMarshal.Cast<byte, float>(rows), width);

    /// <summary>The network's own memory is the encoding.</summary>
    protected override TargetMemory Write(SoftTargets targets) => new LogitsMemory(targets.Logits);
}
