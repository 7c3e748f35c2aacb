using System.Buffers;
using System.Threading.Channels;
using Grpc.Core;
using Grpc.Net.Client;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Channels;

/// <summary>
/// A line to a teacher of another process: one bidirectional stream on a connection of its own, one task that writes and
/// one that reads. What waits to be written is bounded by the credits: a question and a credit for each.
/// </summary>
internal sealed class GrpcLine : ILessonLine
{
    private readonly TeacherEndpoint _teacher;
    private readonly GrpcChannel _connection;
    private readonly AsyncDuplexStreamingCall<StudentMessage, TeacherFrame> _call;
    private readonly OpenLessons _open = new();
    private readonly Channel<StudentMessage> _outbox =
        Channel.CreateUnbounded<StudentMessage>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _writing;
    private Task _reading = Task.CompletedTask;

    private GrpcLine(TeacherEndpoint teacher, TeacherChannelOptions options, ArrayPool<byte> pool)
    {
        _teacher = teacher;
        _connection = Connection.To(teacher.Address, options.MaximumAnswerBytes);
        _call = _connection.CreateCallInvoker().AsyncDuplexStreamingCall(TeachingMethod.Create(pool), host: null, new CallOptions());
        _writing = WriteAsync();
    }

    public int Classes { get; private set; }

    public int Credits { get; private set; }

    /// <summary>Dials, says hello and waits for the welcome.</summary>
    public static async Task<GrpcLine> OpenAsync(
        TeacherEndpoint teacher, Hello hello, TeacherChannelOptions options, ArrayPool<byte> pool, CancellationToken cancellation)
    {
        var line = new GrpcLine(teacher, options, pool);
        try
        {
            await line.GreetAsync(hello, cancellation).ConfigureAwait(false);
            return line;
        }
        catch
        {
            await line.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<SoftTargets> AskAsync(Lesson lesson)
    {
        var answer = _open.Add(lesson.Number);
        _outbox.Writer.TryWrite(new StudentMessage { Lesson = lesson.ToRequest() });
        return answer;
    }

    public void GiveCredit() => _outbox.Writer.TryWrite(new StudentMessage { Credit = new Credit { Answers = 1 } });

    public async ValueTask DisposeAsync()
    {
        _open.End(static () => new ObjectDisposedException(nameof(ITeacherChannel)));
        _outbox.Writer.TryComplete();
        _call.Dispose();
        await _writing.ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _connection.Dispose();
    }

    private async Task GreetAsync(Hello hello, CancellationToken cancellation)
    {
        _outbox.Writer.TryWrite(new StudentMessage { Hello = hello });
        try
        {
            if (!await _call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false))
            {
                throw _teacher.Unreachable("the stream ended without a welcome");
            }
        }
        catch (RpcException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw _teacher.Unreachable(e.Status.Detail, e);
        }

        using var frame = _call.ResponseStream.Current;
        var welcome = frame.Message switch
        {
            { Welcome: { Classes: > 0, MaxOpenLessons: > 0 } accepted } => accepted,
            { Refusal: { } refusal } => throw _teacher.Refused(refusal.Reason, refusal.Message),
            var other => throw new LessonRefusedException($"{_teacher.Describe()} said {other.MessageCase} instead of a valid Welcome."),
        };
        (Classes, Credits) = (welcome.Classes, Math.Min(hello.Credits, welcome.MaxOpenLessons));
        _reading = ReadAsync();
    }

    /// <summary>The one writer. Why a stream broke is known to the reader, from its status.</summary>
    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _outbox.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await _call.RequestStream.WriteAsync(message).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            _outbox.Writer.TryComplete(e);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
            {
                Hear(_call.ResponseStream.Current);
            }

            _open.End(() => _teacher.Unreachable("the teacher ended the stream"));
        }
        catch (Exception e)
        {
            _open.End(() => _teacher.Unreachable((e as RpcException)?.Status.Detail ?? e.Message, e));
        }
    }

    private void Hear(TeacherFrame frame)
    {
        if (frame.SoftTargets is { } answer)
        {
            if (!_open.TryAnswer(answer))
            {
                answer.Dispose();
                _open.End(() => new LessonRefusedException(
                    $"{_teacher.Describe()} answered lesson {answer.LessonNumber}, which is not open."));
            }
        }
        else if (frame.Message.Refusal is { HasNumber: true } refusal)
        {
            _open.Refuse(refusal.Number, _teacher.Refused(refusal.Number, refusal.Message));
        }
        else if (frame.Message.Refusal is { } final)
        {
            _open.End(() => _teacher.Refused(final.Reason, final.Message));
        }
    }
}
