using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Lessons;

/// <summary>The <c>Teach</c> call of lessons.proto, as either end binds it.</summary>
internal static class TeachingMethod
{
    /// <summary>The version of the rules in lessons.proto that is spoken here.</summary>
    public const int Protocol = 2;

    private static readonly Marshaller<StudentMessage> StudentMessages = Marshallers.Create(
        static (message, context) =>
        {
            context.SetPayloadLength(message.CalculateSize());
            message.WriteTo(context.GetBufferWriter());
            context.Complete();
        },
        static context => StudentMessage.Parser.ParseFrom(context.PayloadAsReadOnlySequence()));

    /// <summary>Takes what has been received; the bytes are valid for the call only.</summary>
    public delegate TeacherMessage Reader(in ReadOnlySequence<byte> bytes);

    /// <summary>The end that writes frames.</summary>
    public static Method<StudentMessage, TeacherFrame> ForTeacher() => Create(Marshallers.Create<TeacherFrame>(
        TeacherFrameFormat.Write, static _ => throw new NotSupportedException("A teacher reads no frames.")));

    /// <summary>The end that reads frames.</summary>
    public static Method<StudentMessage, TeacherMessage> ForStudent(Reader reader) => Create(Marshallers.Create<TeacherMessage>(
        static (_, _) => throw new NotSupportedException("A student writes no frames."),
        context => reader(context.PayloadAsReadOnlySequence())));

    private static Method<StudentMessage, T> Create<T>(Marshaller<T> frames)
        where T : class
    {
        var teaching = LessonsReflection.Descriptor.Services.Single();
        return new Method<StudentMessage, T>(
            MethodType.DuplexStreaming, teaching.FullName, teaching.Methods.Single().Name, StudentMessages, frames);
    }
}
