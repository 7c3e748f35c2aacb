using System.Buffers;
using Google.Protobuf;

namespace Stillhouse.Transport.Lessons;

/// <summary>
/// A message in a message whose last field is a long <c>bytes</c>: written and read as protobuf does, except that those
/// bytes move straight between their own memory and the connection instead of through protobuf's buffers.
/// </summary>
internal sealed class TailField(int outerNumber, int tailNumber)
{
    private readonly uint _outerTag = WireFormat.MakeTag(outerNumber, WireFormat.WireType.LengthDelimited);
    private readonly uint _tailTag = WireFormat.MakeTag(tailNumber, WireFormat.WireType.LengthDelimited);

    /// <summary>Bytes of the outer message.</summary>
    /// <param name="headSize">Bytes of the inner message without its tail.</param>
    public int Size(int headSize, int tailSize) => ProtobufWire.FieldSize(_outerTag, InnerSize(headSize, tailSize));

    public void Write(IBufferWriter<byte> writer, IMessage head, int headSize, ReadOnlySpan<byte> tail)
    {
        ProtobufWire.WriteFieldStart(writer, _outerTag, InnerSize(headSize, tail.Length));
        head.WriteTo(writer);
        ProtobufWire.WriteFieldStart(writer, _tailTag, tail.Length);
        writer.Write(tail);
    }

    /// <summary>Splits an inner message whose last field is the tail; false for every other message.</summary>
    public bool TrySplit(in ReadOnlySequence<byte> payload, out ReadOnlySequence<byte> head, out ReadOnlySequence<byte> tail)
    {
        (head, tail) = (default, default);
        var reader = new SequenceReader<byte>(payload);
        if (!ProtobufWire.TryReadFieldStart(ref reader, _outerTag) || ProtobufWire.Length(ref reader) != reader.Remaining)
        {
            return false;
        }

        var inner = reader.UnreadSequence;
        reader = new SequenceReader<byte>(inner);
        while (!reader.End)
        {
            head = inner.Slice(0, reader.Position);
            if (ProtobufWire.TryReadFieldStart(ref reader, _tailTag))
            {
                var length = ProtobufWire.Length(ref reader);
                tail = reader.UnreadSequence;
                return length == tail.Length;
            }

            if (!ProtobufWire.TrySkipField(ref reader))
            {
                return false;
            }
        }

        return false;
    }

    private int InnerSize(int headSize, int tailSize) => checked(headSize + ProtobufWire.FieldSize(_tailTag, tailSize));
}
