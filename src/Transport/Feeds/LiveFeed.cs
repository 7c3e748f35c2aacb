using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Feeds;

/// <summary>
/// Hands a network what others make of its batches that learn beside it: one lesson for each step, asked a few steps ahead, answered
/// when the other has come so far. One thread takes; disposal follows its last call.
/// </summary>
public sealed class LiveFeed : ILessonDelivery
{
    /// <summary>Steps asked ahead: an answer is on its way as soon as it is known.</summary>
    private const int Ahead = 2;

    private readonly IReadOnlyList<FeedTeacher> _others;
    private readonly TargetCodec _codec;
    private readonly IEnumerator<LiveBatch> _schedule;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;
    private readonly Queue<Asked> _asked = [];
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Begins to ask at once.</summary>
    /// <param name="others">In the order in which their targets are to be returned; they stay the caller's.</param>
    /// <param name="schedule">The batches in the order in which they will be taken; enumerated only as far as needed.</param>
    /// <param name="deadline">How long a batch waits.</param>
    public LiveFeed(
        IReadOnlyList<FeedTeacher> others, TargetCodec codec, IEnumerable<LiveBatch> schedule, TimeSpan deadline, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (_others, _codec, _deadline, _time) = (others, codec, deadline, time);
        _schedule = schedule.GetEnumerator();
        LookAhead();
    }

    /// <inheritdoc/>
    public long Delivered { get; private set; }

    /// <inheritdoc/>
    public QuorumReport? Quorum => null;

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">Some network has not come so far within the deadline.</exception>
    /// <exception cref="LessonsEndedException">Some network never will.</exception>
    public IReadOnlyList<BatchTargets?> Take(Batch expected, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (!_asked.TryPeek(out var next) || next.Batch.Step != expected.Number)
        {
            throw new LessonRefusedException($"Batch {expected.Number} was expected, but {next?.Batch.Step.ToString() ?? "none"} is next.");
        }

        Await(next, cancellation);
        _asked.Dequeue();
        LookAhead();
        Delivered += (long)next.Batch.Lesson.Samples.Count * _others.Count;
        return Array.ConvertAll(next.Answers, answer => Open(answer.Result));
    }

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        foreach (var answer in _asked.SelectMany(asked => asked.Answers))
        {
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (answer.IsCompletedSuccessfully)
            {
                answer.Result.Dispose();
            }
        }

        _schedule.Dispose();
        _closing.Dispose();
    }

    private void LookAhead()
    {
        while (_asked.Count < Ahead && _schedule.MoveNext())
        {
            var batch = _schedule.Current;
            _asked.Enqueue(new Asked(batch, [.. _others.Select(other => other.AskAsync(batch.Lesson, _codec, _closing.Token))]));
        }
    }

    /// <summary>What has become of later steps does not matter to this one.</summary>
    private void Await(Asked next, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var late = Task.Delay(_deadline, _time, waiting.Token);
        while (Array.FindAll(next.Answers, answer => !answer.IsCompletedSuccessfully) is { Length: > 0 } open)
        {
            var first = Task.WaitAny([.. open, late], cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (first == open.Length)
            {
                throw new TimeoutException(
                    $"{string.Join(", ", Missing(next))} did not answer about step {next.Batch.Step} within {_deadline.TotalSeconds} s; "
                    + "recipe.deadline says how long to wait");
            }

            open[first].GetAwaiter().GetResult();
        }

        waiting.Cancel();
    }

    private IEnumerable<string> Missing(Asked asked) =>
        _others.Zip(asked.Answers).Where(pair => !pair.Second.IsCompletedSuccessfully).Select(pair => pair.First.Name);

    private BatchTargets Open(EncodedTargets targets)
    {
        var rows = targets.Lesson.Samples.Count;
        return _codec.Open(new BatchRows([targets], new int[rows], [.. Enumerable.Range(0, rows)]));
    }

    private sealed record Asked(LiveBatch Batch, Task<EncodedTargets>[] Answers);
}

/// <summary>A step and what it hears of each other network.</summary>
public sealed record LiveBatch(long Step, Lesson Lesson);
