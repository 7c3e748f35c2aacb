using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>
/// Who may ask whom, and what becomes of it. Lessons that no replica has room for wait here, and not at some replica, so
/// that one that joins gets work at once. All state of a set is guarded here; nothing in here waits.
/// </summary>
internal sealed class SeatQueue(
    LineAgreement agreement, ReplicaOptions options, TimeProvider time, LessonMetrics metrics, TeacherObservers observers)
{
    private readonly Lock _gate = new();
    private readonly List<Replica> _members = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly LatencyHistogram _latency = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _questions;
    private int _seats;
    private int? _classes;
    private bool _draining;

    /// <summary>A replica whose line is about to be opened.</summary>
    public void Join(Replica replica)
    {
        lock (_gate)
        {
            (replica.IsNew, replica.Trouble) = (true, null);
            _members.Add(replica);
        }
    }

    /// <summary>A replica that is not to be asked any more.</summary>
    public void Dismiss(Replica replica)
    {
        lock (_gate)
        {
            _members.Remove(replica);
            replica.Line = null;
            Dispatch();
        }
    }

    /// <summary>The replica can be asked from now on.</summary>
    /// <exception cref="LessonRefusedException">It does not tell apart as many classes as the others.</exception>
    public void Opened(Replica replica, LiveLine line)
    {
        lock (_gate)
        {
            _classes ??= line.Line.Classes;
            if (line.Line.Classes != _classes)
            {
                throw new LessonRefusedException(
                    $"teacher '{agreement.TeacherName}' at {replica.Endpoint.Address.OriginalString} tells {line.Line.Classes} classes apart, "
                    + $"its other replicas {_classes}: they are not the same network.");
            }

            (replica.IsNew, replica.Line) = (false, line);
            Dispatch();
        }
    }

    /// <summary>The replica cannot be asked for the time being.</summary>
    public void Unreachable(Replica replica, string reason)
    {
        lock (_gate)
        {
            (replica.IsNew, replica.Line, replica.Trouble) = (false, null, reason);
            observers.Failed(replica.Endpoint, reason);
            Dispatch();
        }
    }

    /// <summary>The replica does not take this student.</summary>
    public void Refused(Replica replica, string reason)
    {
        lock (_gate)
        {
            (replica.IsNew, replica.Line, replica.Trouble) = (false, null, reason);
            observers.Refused(replica.Endpoint, reason);
            Dispatch();
        }
    }

    public void Enter()
    {
        lock (_gate)
        {
            _questions++;
        }
    }

    /// <summary>Whoever waited may have given up.</summary>
    public void Exit()
    {
        lock (_gate)
        {
            if (--_questions == 0)
            {
                observers.Wait(null);
            }
        }
    }

    /// <summary>Waits for room at some replica. Questions that were asked in vain go first: they are the oldest.</summary>
    public async Task<Seat> TakeAsync(Question question, bool hedge)
    {
        LinkedListNode<Waiter> place;
        lock (_gate)
        {
            if (_waiting.Count == 0 && TryTake(question, hedge) is { } seat)
            {
                return seat;
            }

            var waiter = new Waiter(question, hedge);
            place = hedge || question.FailedAt.Count > 0 ? _waiting.AddFirst(waiter) : _waiting.AddLast(waiter);
            Dispatch();
        }

        await using (question.Ended.UnsafeRegister(_ => GiveUp(place), null).ConfigureAwait(false))
        {
            return await place.Value.Seat.Task.ConfigureAwait(false);
        }
    }

    /// <summary>How long the lesson may take before another replica is asked as well; knowing more may change it.</summary>
    public TimeSpan Patience(Seat seat)
    {
        lock (_gate)
        {
            var p95 = seat.Replica.P95 ?? (_latency.Count < Hedging.EnoughAnswers ? null : _latency.Percentile(0.95));
            return Hedging.Delay(p95, seat.Replica.Expected(seat.OpenBytes), options);
        }
    }

    public void Hedged(Seat slow)
    {
        lock (_gate)
        {
            slow.IsSlow = true;
            slow.Replica.Hedged();
            metrics.Hedged(agreement.TeacherName, slow.Replica.Endpoint);
        }
    }

    public void Answered(Seat seat, TargetOrigin origin, TimeSpan latency)
    {
        lock (_gate)
        {
            seat.Line.Answered();
            seat.Replica.Answered(latency, seat.OpenBytes);
            _latency.Add(latency);
            metrics.Answered(agreement.TeacherName, seat.Replica.Endpoint, origin, latency);
            observers.Wait(null);
        }
    }

    /// <summary>Somebody else answered first, or the asker lost interest.</summary>
    public void Abandoned(Seat seat, TimeSpan waited)
    {
        lock (_gate)
        {
            if (seat.IsSlow)
            {
                seat.Replica.GivenUp(waited, seat.OpenBytes);
            }
        }
    }

    /// <summary>The replica did not answer in time.</summary>
    public void Late(Seat seat, TimeSpan waited, string reason)
    {
        lock (_gate)
        {
            Failed(seat);
            (seat.Replica.Trouble, var replica) = (reason, seat.Replica);
            replica.GivenUp(waited, seat.OpenBytes);
            observers.Failed(replica.Endpoint, reason);
        }
    }

    /// <summary>The line is of no use any more; why, is told by whoever keeps it.</summary>
    public void Broke(Seat seat, string reason)
    {
        lock (_gate)
        {
            Failed(seat);
            Cut(seat, reason);
        }
    }

    /// <summary>What came was no answer: the replica is never asked again.</summary>
    public void Quarantine(Seat seat, string reason)
    {
        lock (_gate)
        {
            Failed(seat);
            Cut(seat, reason);
            if (!seat.Replica.IsQuarantined)
            {
                (seat.Replica.IsQuarantined, seat.Replica.Trouble) = (true, reason);
                metrics.Quarantined(agreement.TeacherName, seat.Replica.Endpoint);
                observers.Quarantined(seat.Replica.Endpoint, reason);
            }
        }
    }

    public bool IsQuarantined(Replica replica)
    {
        lock (_gate)
        {
            return replica.IsQuarantined;
        }
    }

    public void Leave(Seat seat)
    {
        lock (_gate)
        {
            seat.Replica.Close(seat.Bytes);
            seat.Question.OpenAt.Remove(seat.Replica);
            Dispatch();
            if (--_seats == 0 && _draining)
            {
                _drained.TrySetResult();
            }
        }
    }

    /// <summary>Ends when no lesson is open any more; after the last line was closed.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            _draining = true;
            return _seats == 0 ? Task.CompletedTask : _drained.Task;
        }
    }

    public IReadOnlyList<ReplicaReport> Report(IEnumerable<Replica> replicas, string teacher)
    {
        lock (_gate)
        {
            return [.. replicas.Select(replica => replica.Report(teacher)).OfType<ReplicaReport>()];
        }
    }

    private void Failed(Seat seat)
    {
        seat.Question.FailedAt.Add(seat.Replica);
        seat.Replica.Failed();
        metrics.Failed(agreement.TeacherName, seat.Replica.Endpoint);
    }

    private static void Cut(Seat seat, string reason)
    {
        if (seat.Replica.Line == seat.Line)
        {
            seat.Replica.Line = null;
        }

        seat.Line.Break(reason);
    }

    private void Dispatch()
    {
        var node = _waiting.First;
        while (node is not null && _members.Exists(HasRoom))
        {
            var next = node.Next;
            if (TryTake(node.Value.Question, node.Value.Hedge) is { } seat)
            {
                _waiting.Remove(node);
                node.Value.Seat.SetResult(seat);
            }

            node = next;
        }

        if (_waiting.Count > 0 && !_members.Exists(replica => replica.IsNew || replica.Line is not null))
        {
            observers.Wait(WhyNobodyAnswers());
        }
    }

    private bool HasRoom(Replica replica) => replica.Line is not null && ReplicaChoice.HasRoom(replica.Load, bytes: 0, options);

    private Seat? TryTake(Question question, bool hedge)
    {
        if (_classes is not { } classes)
        {
            return null;
        }

        if (!hedge && question.OpenAt.Count == 0 && _members.TrueForAll(replica => replica.Line is null || question.FailedAt.Contains(replica))
            && _members.Exists(replica => replica.Line is not null))
        {
            question.FailedAt.Clear();
            observers.Wait(WhyNobodyAnswers());
        }

        var able = _members.FindAll(replica =>
            replica.Line is not null && !question.OpenAt.Contains(replica) && !question.FailedAt.Contains(replica));
        var bytes = (long)question.Lesson.Samples.Count * agreement.Codec.RowBytes(classes);
        var chosen = ReplicaChoice.Choose([.. able.Select(replica => replica.Load)], bytes, options);
        return chosen < 0 ? null : Seated(question, able[chosen], bytes);
    }

    private Seat Seated(Question question, Replica replica, long bytes)
    {
        replica.Open(bytes);
        question.OpenAt.Add(replica);
        _seats++;
        metrics.Asked(agreement.TeacherName, replica.Endpoint);
        return new Seat(this, question, replica, replica.Line!, bytes);
    }

    private void GiveUp(LinkedListNode<Waiter> place)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                _waiting.Remove(place);
                place.Value.Seat.SetCanceled();
            }
        }
    }

    private string WhyNobodyAnswers() => _members.Count == 0
        ? $"teacher '{agreement.TeacherName}' has no replica at the moment"
        : $"no replica of teacher '{agreement.TeacherName}' answers: "
          + string.Join("; ", _members.Select(replica => $"{replica.Endpoint.Node}: {replica.Trouble ?? "the line is being opened"}"));

    private sealed class Waiter(Question question, bool hedge)
    {
        public Question Question => question;

        public bool Hedge => hedge;

        public TaskCompletionSource<Seat> Seat { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
