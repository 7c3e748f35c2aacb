using System.Buffers;
using Google.Protobuf;

namespace Stillhouse.Transport.Lessons;

/// <summary>The little of protobuf's encoding that is needed to step over the fields of a message.</summary>
internal static class ProtobufWire
{
    private const int WireTypeBits = 3;

    /// <summary>Bytes of a whole length-delimited field with a content of <paramref name="length"/> bytes.</summary>
    public static int FieldSize(uint tag, int length) =>
        checked(CodedOutputStream.ComputeUInt32Size(tag) + CodedOutputStream.ComputeLengthSize(length) + length);

    public static void WriteFieldStart(IBufferWriter<byte> writer, uint tag, int length)
    {
        WriteVarint(writer, tag);
        WriteVarint(writer, (uint)length);
    }

    /// <summary>Steps over the tag if the next field has this one.</summary>
    public static bool TryReadFieldStart(ref SequenceReader<byte> reader, uint tag)
    {
        var ahead = reader;
        if (!TryReadVarint(ref ahead, out var found) || found != tag)
        {
            return false;
        }

        reader = ahead;
        return true;
    }

    /// <summary>The length that follows a length-delimited field's tag, or -1 if there is none.</summary>
    public static long Length(ref SequenceReader<byte> reader) =>
        TryReadVarint(ref reader, out var length) && length <= int.MaxValue ? (long)length : -1;

    /// <summary>Steps over a whole field; false where the message is cut short or malformed.</summary>
    public static bool TrySkipField(ref SequenceReader<byte> reader)
    {
        if (!TryReadVarint(ref reader, out var tag))
        {
            return false;
        }

        return (WireFormat.WireType)(tag & ((1 << WireTypeBits) - 1)) switch
        {
            WireFormat.WireType.Varint => TryReadVarint(ref reader, out _),
            WireFormat.WireType.Fixed32 => TryAdvance(ref reader, sizeof(uint)),
            WireFormat.WireType.Fixed64 => TryAdvance(ref reader, sizeof(ulong)),
            WireFormat.WireType.LengthDelimited => TryAdvance(ref reader, Length(ref reader)),
            _ => false,
        };
    }

    private static bool TryAdvance(ref SequenceReader<byte> reader, long count)
    {
        if (count < 0 || count > reader.Remaining)
        {
            return false;
        }

        reader.Advance(count);
        return true;
    }

    private static bool TryReadVarint(ref SequenceReader<byte> reader, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && reader.TryRead(out var part); shift += 7)
        {
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteVarint(IBufferWriter<byte> writer, uint value)
    {
        const int longest = 5;
        var span = writer.GetSpan(longest);
        var written = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[written++] = (byte)(value | 0x80);
        }

        span[written++] = (byte)value;
        writer.Advance(written);
    }
}
