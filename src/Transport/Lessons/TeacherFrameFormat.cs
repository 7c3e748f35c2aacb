using System.Buffers;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Core;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Lessons;

/// <summary>
/// Writes and reads <see cref="TeacherMessage"/> as protobuf does, but moves logits straight between their own memory
/// and the connection. What another implementation writes in another order is read as well, by way of protobuf's buffers.
/// </summary>
internal static class TeacherFrameFormat
{
    private static readonly uint AnswerTag =
        WireFormat.MakeTag(TeacherMessage.AnswerFieldNumber, WireFormat.WireType.LengthDelimited);

    private static readonly uint LogitsTag =
        WireFormat.MakeTag(Answer.LogitsFieldNumber, WireFormat.WireType.LengthDelimited);

    public static void Write(TeacherFrame frame, SerializationContext context)
    {
        if (frame.SoftTargets is { } targets)
        {
            Write(frame.Message.Answer, targets.Logits, context);
        }
        else
        {
            context.SetPayloadLength(frame.Message.CalculateSize());
            frame.Message.WriteTo(context.GetBufferWriter());
        }

        context.Complete();
    }

    public static TeacherFrame Read(in ReadOnlySequence<byte> payload, ArrayPool<byte> pool)
    {
        if (TrySplit(payload, out var head, out var logits))
        {
            return Received(Answer.Parser.ParseFrom(head), logits, pool);
        }

        var message = TeacherMessage.Parser.ParseFrom(payload);
        return message.Answer is { } answer
            ? Received(answer, new ReadOnlySequence<byte>(answer.Logits.Memory), pool)
            : new TeacherFrame(message);
    }

    private static void Write(Answer head, ILogits logits, SerializationContext context)
    {
        RequireLittleEndian();
        var values = MemoryMarshal.AsBytes(logits.Values);
        var size = head.CalculateSize() + ProtobufWire.FieldSize(LogitsTag, values.Length);
        context.SetPayloadLength(ProtobufWire.FieldSize(AnswerTag, size));

        var writer = context.GetBufferWriter();
        ProtobufWire.WriteFieldStart(writer, AnswerTag, size);
        head.WriteTo(writer);
        ProtobufWire.WriteFieldStart(writer, LogitsTag, values.Length);
        writer.Write(values);
    }

    private static TeacherFrame Received(Answer answer, in ReadOnlySequence<byte> logits, ArrayPool<byte> pool)
    {
        RequireLittleEndian();
        if (logits.Length % sizeof(float) != 0)
        {
            throw new InvalidDataException(
                $"The answer to lesson {answer.Number} holds {logits.Length} bytes of logits; an fp32 value has {sizeof(float)}.");
        }

        answer.Logits = ByteString.Empty;
        return new TeacherFrame(answer, new PooledLogits(pool, logits, answer.Rows, answer.Classes));
    }

    /// <summary>Splits an answer whose last field is the logits; false for every other message.</summary>
    private static bool TrySplit(in ReadOnlySequence<byte> payload, out ReadOnlySequence<byte> head, out ReadOnlySequence<byte> logits)
    {
        (head, logits) = (default, default);
        var reader = new SequenceReader<byte>(payload);
        if (!ProtobufWire.TryReadFieldStart(ref reader, AnswerTag) || ProtobufWire.Length(ref reader) != reader.Remaining)
        {
            return false;
        }

        var answer = reader.UnreadSequence;
        reader = new SequenceReader<byte>(answer);
        while (!reader.End)
        {
            head = answer.Slice(0, reader.Position);
            if (ProtobufWire.TryReadFieldStart(ref reader, LogitsTag))
            {
                var length = ProtobufWire.Length(ref reader);
                logits = reader.UnreadSequence;
                return length == logits.Length;
            }

            if (!ProtobufWire.TrySkipField(ref reader))
            {
                return false;
            }
        }

        return false;
    }

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Logits travel little-endian, and this machine is not.");
        }
    }
}
