namespace Stillhouse.Transport.Replicas;

/// <summary>
/// Who asks whom next. Lessons that no replica has room for wait here, and not at some replica, so that one that joins gets
/// work at once.
/// </summary>
internal sealed class SeatQueue
{
    private readonly Roster _roster;
    private readonly LinkedList<Waiter> _waiting = [];
    private int _questions;

    public SeatQueue(Roster roster)
    {
        _roster = roster;
        roster.Changed = Dispatch;
    }

    /// <summary>Somebody has a question.</summary>
    public void Enter()
    {
        lock (_roster.Gate)
        {
            _questions++;
        }
    }

    /// <summary>Its course is over, though perhaps without an answer.</summary>
    public void Exit()
    {
        lock (_roster.Gate)
        {
            if (--_questions == 0)
            {
                _roster.SayNobodyWaits();
            }
        }
    }

    /// <summary>Waits for room at some replica. Questions that were asked before go first: they are the oldest.</summary>
    /// <param name="hedge">Asks only those who have not failed to answer the question.</param>
    public async Task<Seat> TakeAsync(Question question, bool hedge)
    {
        var waiter = new Waiter(question, hedge);
        LinkedListNode<Waiter> place;
        lock (_roster.Gate)
        {
            place = hedge || question.FailedAt.Count > 0 ? _waiting.AddFirst(waiter) : _waiting.AddLast(waiter);
            Dispatch();
        }

        await using (question.Ended.UnsafeRegister(_ => GiveUp(place), null).ConfigureAwait(false))
        {
            return await waiter.Seat.Task.ConfigureAwait(false);
        }
    }

    public void Leave(Seat seat)
    {
        lock (_roster.Gate)
        {
            seat.Replica.Close(seat.Bytes);
            seat.Question.OpenAt.Remove(seat.Replica);
            Dispatch();
        }
    }

    private void Dispatch()
    {
        for (var place = _waiting.First; place is not null && _roster.HasRoom;)
        {
            var next = place.Next;
            if (TryTake(place.Value) is { } seat)
            {
                _waiting.Remove(place);
                place.Value.Seat.SetResult(seat);
            }

            place = next;
        }

        if (_waiting.Count > 0 && _roster.IsHopeless)
        {
            _roster.SayNobodyAnswers();
        }
    }

    private Seat? TryTake(Waiter waiter)
    {
        var question = waiter.Question;
        if (!waiter.Hedge && question.OpenAt.Count == 0 && _roster.HaveAllFailed(question))
        {
            question.FailedAt.Clear();
            _roster.SayNobodyAnswers();
        }

        if (_roster.Choose(question) is not var (replica, bytes))
        {
            return null;
        }

        replica.Open(bytes);
        question.OpenAt.Add(replica);
        return new Seat(this, question, replica, replica.Line!, bytes);
    }

    private void GiveUp(LinkedListNode<Waiter> place)
    {
        lock (_roster.Gate)
        {
            if (place.List is not null)
            {
                _waiting.Remove(place);
                place.Value.Seat.SetCanceled();
            }
        }
    }

    private sealed class Waiter(Question question, bool hedge)
    {
        public Question Question => question;

        public bool Hedge => hedge;

        public TaskCompletionSource<Seat> Seat { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
