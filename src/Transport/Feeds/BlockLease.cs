using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Feeds;

/// <summary>
/// A lesson that batches ahead need, asked of every teacher. Disposing it cancels what has not been answered and frees what
/// has; the handles that were shared stay.
/// </summary>
internal sealed class BlockLease : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Task<EncodedTargets>[] _answers;

    /// <summary>Asks at once.</summary>
    public BlockLease(
        Lesson lesson,
        IEnumerable<FeedTeacher> teachers,
        Func<FeedTeacher, Lesson, CancellationToken, Task<EncodedTargets>> ask)
    {
        Lesson = lesson;
        _answers = [.. teachers.Select(teacher => ask(teacher, lesson, _closing.Token))];
    }

    public Lesson Lesson { get; }

    /// <summary>How many batches ahead need it.</summary>
    public int Needs { get; set; }

    /// <summary>The answers, in the order of the teachers.</summary>
    public IReadOnlyList<Task<EncodedTargets>> Answers => _answers;

    public async ValueTask DisposeAsync()
    {
        _closing.Cancel();
        foreach (var answer in _answers)
        {
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (answer.IsCompletedSuccessfully)
            {
                answer.Result.Dispose();
            }
        }

        _closing.Dispose();
    }
}
