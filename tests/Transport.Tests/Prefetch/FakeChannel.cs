using System.Collections.Concurrent;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Prefetch;

/// <summary>A channel whose answers the test gives by hand.</summary>
internal sealed class FakeChannel : ITeacherChannel
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<SoftTargets>> _open = [];

    public Digest Teacher => FakeTeacher.Weights;

    /// <summary>The lessons that were asked about, in order.</summary>
    public List<long> Asked { get; } = [];

    public bool Disposed { get; private set; }

    public Task<SoftTargets> AskAsync(Lesson lesson, CancellationToken cancellation)
    {
        Asked.Add(lesson.Number);
        var answer = new TaskCompletionSource<SoftTargets>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[lesson.Number] = answer;
        cancellation.Register(() => answer.TrySetCanceled(cancellation));
        return answer.Task;
    }

    public ArrayLogits Answer(Lesson lesson)
    {
        var targets = FakeTeacher.Targets(lesson);
        _open[lesson.Number].SetResult(targets);
        return (ArrayLogits)targets.Logits;
    }

    public void Fail(long number, Exception cause) => _open[number].SetException(cause);

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
