using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Prefetch;

/// <summary>
/// Asks every teacher ahead of the student: up to a fixed number of lessons of the schedule are open at any time, so that
/// answers come in while the student computes. Nothing but <see cref="Take"/> blocks, and that only its caller.
/// </summary>
/// <remarks>
/// One thread takes; disposal follows its last call. The window owns its channels and every answer that has not been
/// taken, and disposes them.
/// </remarks>
public sealed class PrefetchWindow : ILessonFeed, IAsyncDisposable
{
    private readonly IReadOnlyList<ITeacherChannel> _teachers;
    private readonly IEnumerator<Lesson> _schedule;
    private readonly int _window;
    private readonly Queue<Asked> _asked = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<SoftTargets[]> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to ask at once.</summary>
    /// <param name="teachers">In the order in which answers are to be returned.</param>
    /// <param name="schedule">The lessons in the order in which they will be taken; enumerated only as far as needed.</param>
    /// <param name="window">Lessons asked ahead; more than the channels' credits gains nothing.</param>
    public PrefetchWindow(IReadOnlyList<ITeacherChannel> teachers, IEnumerable<Lesson> schedule, int window)
    {
        ArgumentNullException.ThrowIfNull(teachers);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        (_teachers, _schedule, _window) = (teachers, schedule.GetEnumerator(), window);
        AskAhead();
    }

    private sealed record Asked(Lesson Lesson, Task<SoftTargets>[] Answers);

    /// <inheritdoc/>
    public IReadOnlyList<SoftTargets> Take(Lesson expected, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(expected);
        RequireNext(expected);
        var answers = Task.WhenAll(_asked.Peek().Answers);
        Task.WaitAny([answers, _failure.Task], cancellation);
        var taken = (answers.IsCompleted ? answers : _failure.Task).GetAwaiter().GetResult();
        _asked.Dequeue();
        AskAhead();
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        foreach (var answer in _asked.SelectMany(asked => asked.Answers))
        {
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (answer.IsCompletedSuccessfully)
            {
                answer.Result.Dispose();
            }
        }

        foreach (var teacher in _teachers)
        {
            await teacher.DisposeAsync().ConfigureAwait(false);
        }

        _schedule.Dispose();
    }

    private void RequireNext(Lesson expected)
    {
        if (!_asked.TryPeek(out var next))
        {
            throw new LessonRefusedException($"Lesson {expected.Number} was expected, but the schedule has ended.");
        }

        if (next.Lesson.Number != expected.Number
            || next.Lesson.Split != expected.Split
            || !next.Lesson.SampleIds.SequenceEqual(expected.SampleIds))
        {
            throw new LessonRefusedException(
                $"Lesson {expected.Number} ({expected.SampleIds.Count} {expected.Split} samples) was expected, but the schedule has "
                + $"lesson {next.Lesson.Number} ({next.Lesson.SampleIds.Count} {next.Lesson.Split} samples) next, or other samples.");
        }
    }

    private void AskAhead()
    {
        while (_asked.Count < _window && _schedule.MoveNext())
        {
            var lesson = _schedule.Current;
            _asked.Enqueue(new Asked(lesson, [.. _teachers.Select(teacher => AskAsync(teacher, lesson))]));
        }
    }

    /// <summary>Any failure ends the wait, whichever lesson it befell: the student cannot get past it anyway.</summary>
    private async Task<SoftTargets> AskAsync(ITeacherChannel teacher, Lesson lesson)
    {
        try
        {
            return await teacher.AskAsync(lesson, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _failure.TrySetException(e);
            throw;
        }
    }
}
