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

    public static Hello Hello(int credits = 1) => new()
    {
        Protocol = 1,
        Teacher = FakeTeacher.Weights.ToString(),
        Dataset = FakeTeacher.Samples.ToString(),
        Credits = credits,
    };

    public static StudentMessage Lesson(long number, params int[] ids) =>
        new() { Lesson = new LessonRequest { Number = number, Split = Split.Train, SampleIds = { ids } } };

    /// <summary>Says hello and hears the welcome.</summary>
    public async Task<Welcome> EnterAsync(int credits = 1)
    {
        await SayAsync(new StudentMessage { Hello = Hello(credits) });
        return (await HearAsync()).Welcome.ShouldNotBeNull();
    }

    public Task SayAsync(StudentMessage message) => SayAsync(message.ToByteArray());

    public Task SayAsync(byte[] message) => _call.RequestStream.WriteAsync(message);

    public Task LeaveAsync() => _call.RequestStream.CompleteAsync();

    public async Task<TeacherMessage> HearAsync() =>
        await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)
            ? _call.ResponseStream.Current
            : throw new InvalidOperationException("The stream has ended.");

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
