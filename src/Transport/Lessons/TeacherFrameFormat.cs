using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Lessons;

/// <summary>
/// Writes and reads <see cref="TeacherMessage"/> as protobuf does, without a copy of payloads. What another implementation
/// writes in another order is read as well, by way of protobuf's buffers.
/// </summary>
internal static class TeacherFrameFormat
{
    private static readonly TailField Payload = new(TeacherMessage.AnswerFieldNumber, Answer.PayloadFieldNumber);

    public static void Write(TeacherFrame frame, SerializationContext context)
    {
        if (frame.Message.Answer is { } head)
        {
            var payload = frame.Payload;
            var headSize = head.CalculateSize();
            context.SetPayloadLength(Payload.Size(headSize, payload.Length));
            Payload.Write(context.GetBufferWriter(), head, headSize, payload);
        }
        else
        {
            context.SetPayloadLength(frame.Message.CalculateSize());
            frame.Message.WriteTo(context.GetBufferWriter());
        }

        context.Complete();
    }

    /// <param name="payload">Of a chunk, whose head is returned without it; valid as long as <paramref name="bytes"/> are.</param>
    /// <exception cref="InvalidProtocolBufferException">It is no <see cref="TeacherMessage"/>.</exception>
    public static TeacherMessage Read(in ReadOnlySequence<byte> bytes, out ReadOnlySequence<byte> payload)
    {
        if (Payload.TrySplit(bytes, out var head, out payload))
        {
            return new TeacherMessage { Answer = Answer.Parser.ParseFrom(head) };
        }

        var message = TeacherMessage.Parser.ParseFrom(bytes);
        if (message.Answer is { } answer)
        {
            payload = new ReadOnlySequence<byte>(answer.Payload.Memory);
            answer.Payload = ByteString.Empty;
        }

        return message;
    }
}
