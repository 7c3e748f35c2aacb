namespace Stillhouse.Transport.Targets.Files;

/// <summary>The rows in a block's file, where they are.</summary>
/// <param name="file">Owned from now on.</param>
/// <param name="rows">Which of its bytes they are.</param>
internal sealed class MappedRows(MappedFile file, Range rows) : TargetMemory
{
    public override ReadOnlySpan<byte> Bytes => file.Bytes[rows];

    public override void Dispose() => file.Dispose();
}
