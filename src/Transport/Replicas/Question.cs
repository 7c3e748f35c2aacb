using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>An answer and who gave it.</summary>
internal readonly record struct ReplicaAnswer(TargetAnswer Targets, ReplicaEndpoint Replica);

/// <summary>A lesson that is being asked, of one replica or two at a time, until the first answer or the asker's end.</summary>
internal sealed class Question : IDisposable
{
    private readonly TaskCompletionSource<ReplicaAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private int _hedged;

    public Question(Lesson lesson)
    {
        Lesson = lesson;
        Ended = _ended.Token;
    }

    public Lesson Lesson { get; }

    public Task<ReplicaAnswer> Answer => _answer.Task;

    /// <summary>Fires once nobody is interested any more.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Who has it now; guarded by the <see cref="Roster"/>.</summary>
    public HashSet<Replica> OpenAt { get; } = [];

    /// <summary>Who failed to answer it, until nobody else is left; guarded by the <see cref="Roster"/>.</summary>
    public HashSet<Replica> FailedAt { get; } = [];

    /// <summary>True the first time: a question has one hedge.</summary>
    public bool TryHedge() => Interlocked.Exchange(ref _hedged, 1) == 0;

    /// <summary>Gives the answer to the asker, or disposes it if there was one before.</summary>
    public void Settle(ReplicaAnswer answer)
    {
        if (!_answer.TrySetResult(answer))
        {
            answer.Targets.Targets.Dispose();
        }
    }

    public void Fail(Exception cause) => _answer.TrySetException(cause);

    public void Cancel(CancellationToken cancellation) => _answer.TrySetCanceled(cancellation);

    /// <summary>Only the asker ends its question.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }
}
