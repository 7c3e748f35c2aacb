using System.Threading.Channels;
using Grpc.Core;
using Grpc.Net.Client;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Channels;

/// <summary>
/// One call of <c>Teach</c> on a connection of its own, with one task that writes; whoever opened it reads. What waits to
/// be written is bounded by the open lessons, and by credit, which is given back in few large pieces.
/// </summary>
internal sealed class LessonStream : IAsyncDisposable
{
    private static readonly WriteOptions Unflushed = new(WriteFlags.BufferHint);

    private readonly GrpcChannel _connection;
    private readonly AsyncDuplexStreamingCall<StudentMessage, TeacherMessage> _call;
    private readonly Channel<StudentMessage> _outbox =
        Channel.CreateUnbounded<StudentMessage>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _writing;

    /// <summary>Begins to dial and to say hello.</summary>
    public LessonStream(Uri address, Hello hello)
    {
        _connection = Connection.To(address, hello);
        _call = _connection.CreateCallInvoker().AsyncDuplexStreamingCall(
            TeachingMethod.ForStudent((in bytes) => Reader(bytes)), host: null, new CallOptions());
        Say(new StudentMessage { Hello = hello });
        _writing = WriteAsync();
    }

    /// <summary>Takes every message off the connection while <see cref="HearAsync"/> waits for it.</summary>
    public TeachingMethod.Reader Reader { get; set; } = static (in bytes) => TeacherFrameFormat.Read(bytes, out _);

    public void Say(StudentMessage message) => _outbox.Writer.TryWrite(message);

    /// <summary>The next message; null if the teacher has ended the stream.</summary>
    /// <exception cref="RpcException">The stream broke.</exception>
    public async ValueTask<TeacherMessage?> HearAsync(CancellationToken cancellation) =>
        await _call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false) ? _call.ResponseStream.Current : null;

    public async ValueTask DisposeAsync()
    {
        _outbox.Writer.TryComplete();
        _call.Dispose();
        await _writing.ConfigureAwait(false);
        _connection.Dispose();
    }

    /// <summary>Why a stream broke is known to the reader, from its status.</summary>
    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _outbox.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                _call.RequestStream.WriteOptions = _outbox.Reader.TryPeek(out _) ? Unflushed : null;
                await _call.RequestStream.WriteAsync(message).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            _outbox.Writer.TryComplete(e);
        }
    }
}
