using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Codecs;

/// <summary>Logits as they are: IEEE 754 binary32, little-endian.</summary>
public sealed class Fp32Codec : DenseCodec
{
    public override string Name => "fp32";

    public override int RowBytes(int classes) => classes * sizeof(float);

    public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int classes, Span<byte> rows) =>
        MemoryMarshal.AsBytes(logits).CopyTo(rows);

    public override void DecodeRow(ReadOnlySpan<byte> row, Span<float> logits) =>
        MemoryMarshal.Cast<byte, float>(row).CopyTo(logits);

    public override string? Flaw(ReadOnlySpan<byte> rows, int classes) =>
        LogitChecks.Flaw(MemoryMarshal.Cast<byte, float>(rows), classes);

    /// <summary>The network's own memory is the encoding.</summary>
    protected override TargetMemory Write(SoftTargets targets) => new LogitsMemory(targets.Logits);
}
