using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Tests.Fakes;

/// <summary>A student that knows lessons.proto and nothing of this code, and may say anything at all.</summary>
internal sealed class RawStudent : IDisposable
{
    private static readonly Method<byte[], TeacherMessage> Method = new(
        MethodType.DuplexStreaming,
        "stillhouse.lessons.v1.Teaching",
        "Teach",
        Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes),
        Marshallers.Create(message => message.ToByteArray(), TeacherMessage.Parser.ParseFrom));

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<byte[], TeacherMessage> _call;

    public RawStudent(Uri teacher)
    {
        _channel = GrpcChannel.ForAddress(teacher);
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(Method, null, new CallOptions());
    }

    public static Hello Hello(long credit = 1_000, int frame = 1_000) => new()
    {
        Protocol = 2,
        Teacher = FakeTeacher.Weights.ToString(),
        Dataset = FakeTeacher.Samples.ToString(),
        Codec = "fp32",
        CreditBytes = credit,
        FrameBytes = frame,
    };

    public static StudentMessage Lesson(long number, int first = 5, int count = 2) => new()
    {
        Lesson = new LessonRequest { Number = number, Split = Split.Train, Plain = new PlainView(), First = first, Count = count },
    };

    public static StudentMessage Credit(long bytes) => new() { Credit = new Credit { Bytes = bytes } };

    /// <summary>Says hello and hears the welcome.</summary>
    public async Task<Welcome> EnterAsync(Hello? hello = null)
    {
        await SayAsync(new StudentMessage { Hello = hello ?? Hello() });
        return (await HearAsync()).Welcome.ShouldNotBeNull();
    }

    public Task SayAsync(StudentMessage message) => SayAsync(message.ToByteArray());

    public Task SayAsync(byte[] message) => _call.RequestStream.WriteAsync(message);

    public Task LeaveAsync() => _call.RequestStream.CompleteAsync();

    public async Task<TeacherMessage> HearAsync() =>
        await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)
            ? _call.ResponseStream.Current
            : throw new InvalidOperationException("The stream has ended.");

    /// <summary>Hears a chunk.</summary>
    public async Task<Answer> HearAnswerAsync() => (await HearAsync()).Answer.ShouldNotBeNull();

    /// <summary>Hears the refusal of the whole stream, and that it is the last word.</summary>
    public async Task<Refusal> HearFinalRefusalAsync()
    {
        var refusal = (await HearAsync()).Refusal.ShouldNotBeNull();
        refusal.HasNumber.ShouldBeFalse();
        (await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeFalse();
        return refusal;
    }

    public void Dispose()
    {
        _call.Dispose();
        _channel.Dispose();
    }
}
