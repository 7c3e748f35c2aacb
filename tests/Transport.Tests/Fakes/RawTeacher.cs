using System.Net;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Tests.Fakes;

/// <summary>A teacher that knows lessons.proto and nothing of this code, and may say anything at all. It has one student at a time.</summary>
internal sealed class RawTeacher : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<StudentMessage> _heard;
    private readonly Channel<byte[]> _said;

    private RawTeacher(WebApplication app, Channel<StudentMessage> heard, Channel<byte[]> said) =>
        (_app, _heard, _said) = (app, heard, said);

    public ReplicaEndpoint Endpoint => new("node-1", new Uri(_app.Urls.Single()));

    public static Welcome Welcome { get; } = new()
    {
        Width = FakeTeacher.LogitsPerSample,
        InputSize = 2,
        CreditBytes = 1_000,
        FrameBytes = 1_000,
        MaxOpenLessons = 4,
        MaxRequestBytes = 2_048,
    };

    public static async Task<RawTeacher> StartAsync()
    {
        var (heard, said) = (Channel.CreateUnbounded<StudentMessage>(), Channel.CreateUnbounded<byte[]>());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port: 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new Service(heard, said));
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return new RawTeacher(app, heard, said);
    }

    /// <summary>The first chunk of the answer to a lesson, as it should be.</summary>
    public static Answer Chunk(LessonRequest lesson) => new()
    {
        Number = lesson.Number,
        First = lesson.First,
        Count = lesson.Count,
        Width = FakeTeacher.LogitsPerSample,
        TotalBytes = lesson.Count * FakeTeacher.BytesPerSample,
        Payload = Logits(lesson.Count * FakeTeacher.LogitsPerSample),
    };

    /// <summary>So many zeros.</summary>
    public static ByteString Logits(int values) => ByteString.CopyFrom(new byte[values * sizeof(float)]);

    /// <summary>Hears hello and welcomes.</summary>
    public async Task<Hello> WelcomeAsync(Welcome? welcome = null)
    {
        var hello = (await HearAsync()).Hello.ShouldNotBeNull();
        Say(new TeacherMessage { Welcome = welcome ?? Welcome });
        return hello;
    }

    public async Task<StudentMessage> HearAsync() => await _heard.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async Task<LessonRequest> HearLessonAsync() => (await HearAsync()).Lesson.ShouldNotBeNull();

    public void Say(Answer chunk) => Say(new TeacherMessage { Answer = chunk });

    public void Say(TeacherMessage message) => Say(message.ToByteArray());

    public void Say(byte[] message) => _said.Writer.TryWrite(message);

    /// <summary>Ends the stream as one does that has nothing more to say.</summary>
    public void Leave() => _said.Writer.TryComplete();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    [BindServiceMethod(typeof(Teaching), nameof(Bind))]
    internal abstract class Teaching
    {
        public static void Bind(ServiceBinderBase binder, Teaching? service) => binder.AddMethod(
            new Method<StudentMessage, byte[]>(
                MethodType.DuplexStreaming,
                "stillhouse.lessons.v1.Teaching",
                "Teach",
                Marshallers.Create(message => message.ToByteArray(), StudentMessage.Parser.ParseFrom),
                Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes)),
            service is null ? null : service.Teach);

        public abstract Task Teach(
            IAsyncStreamReader<StudentMessage> student, IServerStreamWriter<byte[]> reply, ServerCallContext context);
    }

    private sealed class Service(Channel<StudentMessage> heard, Channel<byte[]> said) : Teaching
    {
        public override async Task Teach(
            IAsyncStreamReader<StudentMessage> student, IServerStreamWriter<byte[]> reply, ServerCallContext context)
        {
            _ = ListenAsync(student, context.CancellationToken);
            await foreach (var message in said.Reader.ReadAllAsync(context.CancellationToken))
            {
                await reply.WriteAsync(message);
            }
        }

        private async Task ListenAsync(IAsyncStreamReader<StudentMessage> student, CancellationToken cancellation)
        {
            while (await student.MoveNext(cancellation))
            {
                heard.Writer.TryWrite(student.Current);
            }
        }
    }
}
