using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Lessons;

/// <summary>The <c>Teach</c> call of lessons.proto, as both ends bind it.</summary>
internal static class TeachingMethod
{
    /// <summary>The version of the rules in lessons.proto that is spoken here.</summary>
    public const int Protocol = 1;

    private static readonly Marshaller<StudentMessage> StudentMessages = Marshallers.Create(
        static (message, context) =>
        {
            context.SetPayloadLength(message.CalculateSize());
            message.WriteTo(context.GetBufferWriter());
            context.Complete();
        },
        static context => StudentMessage.Parser.ParseFrom(context.PayloadAsReadOnlySequence()));

    /// <param name="pool">Lends the buffers that received logits are kept in.</param>
    public static Method<StudentMessage, TeacherFrame> Create(ArrayPool<byte> pool)
    {
        var teaching = LessonsReflection.Descriptor.Services.Single();
        var frames = Marshallers.Create(
            TeacherFrameFormat.Write, context => TeacherFrameFormat.Read(context.PayloadAsReadOnlySequence(), pool));
        return new Method<StudentMessage, TeacherFrame>(
            MethodType.DuplexStreaming, teaching.FullName, teaching.Methods.Single().Name, StudentMessages, frames);
    }
}
