using System.Buffers;

namespace Stillhouse.Transport.Tests.Lessons;

/// <summary>A payload in pieces, as a network delivers it.</summary>
internal sealed class Pieces : ReadOnlySequenceSegment<byte>
{
    private Pieces(ReadOnlyMemory<byte> memory, long at) => (Memory, RunningIndex) = (memory, at);

    public static ReadOnlySequence<byte> Of(byte[] payload, int pieceSize)
    {
        var first = new Pieces(payload.AsMemory(0, Math.Min(pieceSize, payload.Length)), 0);
        var last = first;
        while (last.RunningIndex + last.Memory.Length is var at && at < payload.Length)
        {
            var next = new Pieces(payload.AsMemory((int)at, (int)Math.Min(pieceSize, payload.Length - at)), at);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
