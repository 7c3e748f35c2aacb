using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>
/// Serves lessons.proto: admits a student, runs its session, and turns whatever ends it into what the protocol says.
/// No student can end another's stream.
/// </summary>
internal sealed partial class TeachingService(
    ServedTeachers teachers, IOptions<TeachingOptions> options, TimeProvider time, ILogger<TeachingService> log)
    : TeachingBase
{
    private readonly TeachingOptions _limits = options.Value;

    public override async Task Teach(
        IAsyncStreamReader<StudentMessage> student, IServerStreamWriter<TeacherFrame> reply, ServerCallContext context)
    {
        var gone = context.CancellationToken;
        try
        {
            var hello = await HearHelloAsync(student, gone).ConfigureAwait(false);
            await TeachAsync(hello, student, reply, gone).ConfigureAwait(false);
        }
        catch (RefusalException e)
        {
            await RefuseAsync(e, reply, context).ConfigureAwait(false);
        }
        catch (InvalidProtocolBufferException e)
        {
            var refusal = new RefusalException(RefusalReason.Protocol, $"what came is no StudentMessage: {e.Message}");
            await RefuseAsync(refusal, reply, context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException || gone.IsCancellationRequested)
        {
            LogLost(context.Peer, e.Message);
        }
        catch (Exception e) when (e is not RpcException)
        {
            LogBroken(e, context.Peer);
            throw new RpcException(new Status(StatusCode.Internal, $"the teacher failed: {e.Message}"));
        }
    }

    private async Task<Hello> HearHelloAsync(IAsyncStreamReader<StudentMessage> student, CancellationToken gone)
    {
        using var timeout = new CancellationTokenSource(_limits.HelloTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, timeout.Token);
        try
        {
            return await student.MoveNext(either.Token).ConfigureAwait(false)
                ? student.Current.Hello ?? throw new RefusalException(
                    RefusalReason.Protocol, $"{student.Current.MessageCase} before Hello; a stream begins with Hello")
                : throw new RefusalException(RefusalReason.Protocol, "the stream ended before Hello");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw new RefusalException(RefusalReason.Protocol, $"no Hello within {_limits.HelloTimeout}");
        }
    }

    private async Task TeachAsync(
        Hello hello, IAsyncStreamReader<StudentMessage> student, IServerStreamWriter<TeacherFrame> reply, CancellationToken gone)
    {
        var line = Admission.Admit(teachers, hello) with { MaximumAnswerBytes = _limits.MaximumAnswerBytes };
        if (!line.Teacher.TryEnter(_limits.MaximumStreams))
        {
            throw new RefusalException(
                RefusalReason.Busy, $"the teacher has {_limits.MaximumStreams} students, which is its limit; it may have room later");
        }

        var withdrawn = line.Teacher.Withdrawn;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(gone, withdrawn);
        using var pace = LessonPace.Of(_limits.LessonsPerSecond);
        try
        {
            await new TeachingSession(line, Welcome(line, hello), pace, new ByteBudget(_limits.OpenBytes), student, reply).RunAsync(over.Token).ConfigureAwait(false);
        }
        catch (Exception) when (withdrawn.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the teacher is no longer served here"));
        }
        finally
        {
            line.Teacher.Leave();
        }
    }

    private Welcome Welcome(AdmittedLine line, Hello hello) => new()
    {
        Width = line.Width,
        InputSize = line.Teacher.Server.InputSize,
        CreditBytes = Math.Min(hello.CreditBytes, _limits.MaximumCreditBytes),
        FrameBytes = Math.Min(hello.FrameBytes, _limits.MaximumFrameBytes),
        MaxOpenLessons = MaximumOpenLessons(hello),
        MaxRequestBytes = _limits.MaximumRequestBytes,
    };

    /// <summary>What a student ships is held from its question to its answer.</summary>
    private int MaximumOpenLessons(Hello hello) => hello.ShipsInputs
        ? (int)Math.Clamp(_limits.OpenBytes / _limits.MaximumRequestBytes, 1, _limits.MaximumOpenLessons)
        : _limits.MaximumOpenLessons;

    private async Task RefuseAsync(RefusalException refusal, IServerStreamWriter<TeacherFrame> reply, ServerCallContext context)
    {
        LogRefused(context.Peer, refusal.Reason, refusal.Message);
        await reply.WriteAsync(refusal.ToFrame(), context.CancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Warning, "Refused the student at {Peer} ({Reason}): {Finding}")]
    private partial void LogRefused(string peer, RefusalReason reason, string finding);

    [LoggerMessage(LogLevel.Information, "Lost the student at {Peer}: {Finding}")]
    private partial void LogLost(string peer, string finding);

    [LoggerMessage(LogLevel.Error, "Teaching the student at {Peer} failed")]
    private partial void LogBroken(Exception cause, string peer);
}
