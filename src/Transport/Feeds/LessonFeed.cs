using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Transport.Replicas;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Feeds;

/// <summary>
/// Asks every teacher ahead of the student: looks as far ahead in the schedule as its bytes allow, asks for each block once
/// however many of the batches ahead need it, and gathers a batch's rows when it is taken. Nothing but <see cref="Take"/>
/// blocks, and that only its caller.
/// </summary>
/// <remarks>
/// One thread takes; disposal follows its last call, and frees everything that was not taken.
/// </remarks>
public sealed class LessonFeed : ILessonDelivery
{
    private readonly FeedTerms _terms;
    private readonly LessonFeedOptions _options;
    private readonly LessonMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly IEnumerator<Batch> _schedule;
    private readonly Queue<BatchAhead> _ahead = [];
    private readonly Dictionary<Lesson, BlockLease> _leases = [];
    private readonly List<Task> _abandoned = [];
    private readonly QuorumLog _quorum = new();
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (Batch Batch, BatchCover Cover)? _next;
    private long _bytesAhead;

    /// <summary>Begins to ask at once.</summary>
    /// <param name="schedule">The batches in the order in which they will be taken; enumerated only as far as needed.</param>
    public LessonFeed(
        FeedTerms terms, IEnumerable<Batch> schedule, LessonFeedOptions options, LessonMetrics metrics, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(schedule);
        (_terms, _options, _metrics, _time) = (terms, options, metrics, time);
        _schedule = schedule.GetEnumerator();
        LookAhead();
    }

    /// <inheritdoc/>
    public QuorumReport? Quorum => _terms.Quorum is null ? null : _quorum.Report;

    /// <inheritdoc/>
    public long Delivered { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<BatchTargets?> Take(Batch expected, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var next = RequireNext(expected);
        var complete = Await(next, cancellation);
        _ahead.Dequeue();
        foreach (var lease in next.Leases)
        {
            lease.Needs--;
            _bytesAhead -= lease.Needs == 0 ? Weight(lease.Lesson.Samples) : 0;
        }

        LookAhead();
        var targets = complete.Select((has, teacher) => has ? next.Open(teacher, _terms.Codec) : null).ToArray();
        Retire(next.Leases);
        Delivered += (long)expected.SampleIds.Count * complete.Count(has => has);
        _quorum.Add(next.Batch.Number, [.. _terms.Teachers.Where((_, teacher) => !complete[teacher]).Select(late => late.Name)]);
        return targets;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lease in _leases.Values)
        {
            _abandoned.Add(lease.DisposeAsync().AsTask());
        }

        _leases.Clear();
        await Task.WhenAll(_abandoned).ConfigureAwait(false);
        _schedule.Dispose();
    }

    private BatchAhead RequireNext(Batch expected)
    {
        if (!_ahead.TryPeek(out var next))
        {
            throw new LessonRefusedException($"Batch {expected.Number} was expected, but the schedule has ended.");
        }

        var planned = next.Batch;
        if (planned.Number != expected.Number
            || planned.Split != expected.Split
            || planned.View != expected.View
            || !planned.SampleIds.SequenceEqual(expected.SampleIds))
        {
            throw new LessonRefusedException(
                $"The schedule has {Described(planned)} next, or other samples; {Described(expected)} was expected.");
        }

        return next;

        static string Described(Batch batch) =>
            $"batch {batch.Number} ({batch.SampleIds.Count} {batch.Split} samples, {batch.View})";
    }

    /// <summary>Blocks until the batch can go on; says of every teacher whether it has answered.</summary>
    private bool[] Await(BatchAhead batch, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        Task[] answers = [.. _terms.Teachers.Select((_, teacher) => batch.CompleteAsync(teacher))];
        if (_terms.Quorum is { } quorum && !Array.TrueForAll(answers, answer => answer.IsCompletedSuccessfully))
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Wait([Task.WhenAll(answers), Task.Delay(TimeSpan.FromSeconds(quorum.Deadline), _time, waiting.Token)], cancellation);
            waiting.Cancel();
        }

        var needed = Math.Min(_terms.Quorum?.Teachers ?? answers.Length, answers.Length);
        // Looked at once a turn: an answer that came between two looks would leave nothing to wait for.
        while (Open(answers) is var open && answers.Length - open.Length < needed)
        {
            Wait(open, cancellation);
        }

        _metrics.Waited(_time.GetElapsedTime(started));
        return Array.ConvertAll(answers, answer => answer.IsCompletedSuccessfully);
    }

    private static Task[] Open(Task[] answers) => Array.FindAll(answers, answer => !answer.IsCompletedSuccessfully);

    /// <summary>Any failure ends the wait, whichever batch it befell: the student cannot get past it anyway.</summary>
    private void Wait(Task[] tasks, CancellationToken cancellation)
    {
        var first = Task.WaitAny([.. tasks, _failure.Task], cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (first == tasks.Length || !tasks[first].IsCompletedSuccessfully)
        {
            _failure.Task.GetAwaiter().GetResult();
        }
    }

    private void LookAhead()
    {
        while ((_next ??= Next()) is var (batch, cover))
        {
            var lessons = Array.ConvertAll(cover.Blocks, block => new Lesson(batch.Split, batch.View, _terms.Blocks[block]));
            var more = lessons
                .Where(lesson => !_leases.TryGetValue(lesson, out var lease) || lease.Needs == 0)
                .Sum(lesson => Weight(lesson.Samples));
            if (_ahead.Count > 0 && _bytesAhead + more > _options.BytesAhead)
            {
                return;
            }

            _ahead.Enqueue(new BatchAhead(batch, cover, Array.ConvertAll(lessons, Lease)));
            _bytesAhead += more;
            _next = null;
        }
    }

    private (Batch Batch, BatchCover Cover)? Next() =>
        _schedule.MoveNext() ? (_schedule.Current, BatchCover.Of(_schedule.Current.SampleIds, _terms.Blocks)) : null;

    private BlockLease Lease(Lesson lesson)
    {
        if (!_leases.TryGetValue(lesson, out var lease))
        {
            _leases[lesson] = lease = new BlockLease(lesson, _terms.Teachers, AskAsync);
        }

        lease.Needs++;
        return lease;
    }

    private void Retire(BlockLease[] leases)
    {
        _abandoned.RemoveAll(ending => ending.IsCompleted);
        foreach (var lease in leases.Where(lease => lease.Needs == 0))
        {
            _leases.Remove(lease.Lesson);
            _abandoned.Add(lease.DisposeAsync().AsTask());
        }
    }

    private async Task<EncodedTargets> AskAsync(FeedTeacher teacher, Lesson lesson, CancellationToken cancellation)
    {
        try
        {
            return await teacher.AskAsync(lesson, _terms.Codec, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            _failure.TrySetException(e);
            throw;
        }
    }

    /// <summary>Bytes of one lesson from all teachers.</summary>
    private long Weight(SampleRange samples) =>
        samples.Count * _terms.Teachers.Sum(teacher => (long)_terms.Codec.RowBytes(teacher.Width));
}
