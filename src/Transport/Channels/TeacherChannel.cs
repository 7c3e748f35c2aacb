using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons;

namespace Stillhouse.Transport.Channels;

/// <summary>A line with credits, deadlines and checks. A credit is out from the question to the disposal of its answer.</summary>
internal sealed class TeacherChannel(TeacherEndpoint teacher, ILessonLine line, TimeSpan lessonTimeout, TimeProvider time)
    : ITeacherChannel
{
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _credits = new(line.Credits, line.Credits);

    public Digest Teacher => teacher.Artifact;

    public async Task<SoftTargets> AskAsync(Lesson lesson, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        await SpendCreditAsync(cancellation).ConfigureAwait(false);
        var receiving = ReceiveAsync(lesson);
        try
        {
            return await receiving.WaitAsync(lessonTimeout, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            _ = DiscardAsync(receiving);
            throw new TeacherUnreachableException($"{teacher.Describe()} did not answer lesson {lesson.Number} within {lessonTimeout}.", e);
        }
        catch (OperationCanceledException)
        {
            _ = DiscardAsync(receiving);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await line.DisposeAsync().ConfigureAwait(false);
    }

    private async Task SpendCreditAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        try
        {
            await _credits.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(TeacherChannel));
        }
    }

    /// <summary>Owns the credit until it hands out an answer that fits; then that answer does.</summary>
    private async Task<SoftTargets> ReceiveAsync(Lesson lesson)
    {
        SoftTargets answer;
        try
        {
            answer = await line.AskAsync(lesson).ConfigureAwait(false);
        }
        catch
        {
            _credits.Release();
            throw;
        }

        answer = new SoftTargets(answer.LessonNumber, answer.SampleIds, answer.Logits, answer.ComputeTime, usedUp: () =>
        {
            line.GiveCredit();
            _credits.Release();
        });
        try
        {
            AnswerChecks.Require(teacher.Describe(), line.Classes, lesson, answer);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>An answer that nobody waits for any longer still has to come in before its credit is free again.</summary>
    private static async Task DiscardAsync(Task<SoftTargets> receiving)
    {
        await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (receiving.IsCompletedSuccessfully)
        {
            receiving.Result.Dispose();
        }
    }
}
