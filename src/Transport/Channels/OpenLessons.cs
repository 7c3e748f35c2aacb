using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Channels;

/// <summary>The lessons of one line that wait for an answer, until the line ends.</summary>
internal sealed class OpenLessons
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource<SoftTargets>> _open = [];
    private Func<Exception>? _ended;

    /// <exception cref="LessonRefusedException">The number is open already.</exception>
    public Task<SoftTargets> Add(long number)
    {
        var answer = new TaskCompletionSource<SoftTargets>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_ended is not null)
            {
                throw _ended();
            }

            return _open.TryAdd(number, answer)
                ? answer.Task
                : throw new LessonRefusedException($"Lesson {number} is open already; no two open lessons have the same number.");
        }
    }

    /// <summary>Hands an answer to whoever asked; false if nobody did.</summary>
    public bool TryAnswer(SoftTargets answer) => Take(answer.LessonNumber) is { } asked && asked.TrySetResult(answer);

    public void Refuse(long number, Exception cause) => Take(number)?.TrySetException(cause);

    /// <summary>Fails every open lesson and every later one. Only the first cause counts.</summary>
    public void End(Func<Exception> cause)
    {
        TaskCompletionSource<SoftTargets>[] abandoned;
        lock (_gate)
        {
            _ended ??= cause;
            abandoned = [.. _open.Values];
            _open.Clear();
        }

        foreach (var lesson in abandoned)
        {
            lesson.TrySetException(cause());
        }
    }

    private TaskCompletionSource<SoftTargets>? Take(long number)
    {
        lock (_gate)
        {
            _open.Remove(number, out var asked);
            return asked;
        }
    }
}
