using System.Collections.Concurrent;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Tests.Replicas;

namespace Stillhouse.Transport.Tests.Feeds;

/// <summary>A teacher whose answers the test gives by hand.</summary>
internal sealed class FakeSource(CountedMemory memory, float number) : ITargetSource
{
    private readonly ConcurrentDictionary<Lesson, TaskCompletionSource<TargetAnswer>> _open = [];

    /// <summary>The first samples of all lessons that it was asked, in order.</summary>
    public List<int> Asked { get; } = [];

    /// <summary>Answers at once.</summary>
    public bool IsPrompt { get; set; }

    public int Width { get; set; } = FeedFixture.Classes;

    public Task<TargetAnswer> AskAsync(Lesson lesson, CancellationToken cancellation)
    {
        Asked.Add(lesson.Samples.First);
        var answer = _open[lesson] = new TaskCompletionSource<TargetAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellation.Register(() => answer.TrySetCanceled(cancellation));
        if (IsPrompt)
        {
            Answer(lesson);
        }

        return answer.Task;
    }

    /// <summary>Answers about a lesson with what was asked about another, if <paramref name="instead"/> is given.</summary>
    public void Answer(Lesson lesson, Lesson? instead = null)
    {
        var targets = memory.Targets(instead ?? lesson, Width, number);
        if (!_open[lesson].TrySetResult(new TargetAnswer(targets, TargetOrigin.Computed)))
        {
            targets.Dispose();
        }
    }

    /// <summary>Answers everything that is open.</summary>
    public void AnswerAll()
    {
        foreach (var (lesson, answer) in _open)
        {
            if (!answer.Task.IsCompleted)
            {
                Answer(lesson);
            }
        }
    }

    public void Fail(Lesson lesson, Exception cause) => _open[lesson].SetException(cause);

    public bool WasCancelled(Lesson lesson) => _open[lesson].Task.IsCanceled;
}
