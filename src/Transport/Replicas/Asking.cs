using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Flow;

namespace Stillhouse.Transport.Replicas;

/// <summary>The course of questions: at one replica after the other until one answers, at two while one is slow.</summary>
internal sealed class Asking(
    SeatQueue seats,
    Outcomes outcomes,
    Func<Lesson, ReadOnlyMemory<byte>> inputs,
    ByteBudget budget,
    ReplicaOptions options,
    TimeProvider time)
{
    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay = 1;

    /// <summary>Asks until there is an answer, or nobody wants one any more. What comes of it is said to the question.</summary>
    /// <param name="slow">Set where this is a hedge against a replica that has the question.</param>
    public async Task PursueAsync(Question question, Seat? slow = null)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            // A hedge that waits for a seat may get the one of the replica that has just answered.
            while (!question.Answer.IsCompleted)
            {
                using var seat = await seats.TakeAsync(question, hedge: slow is not null).ConfigureAwait(false);
                if (!question.Answer.IsCompleted && await AttemptAsync(question, seat, slow).ConfigureAwait(false) is { } answer)
                {
                    question.Settle(answer);
                }
            }
        }
        catch (OperationCanceledException) when (question.Ended.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            question.Fail(e);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Ends when nothing is asked any more, and all that nobody wanted has been freed.</summary>
    public Task DrainAsync()
    {
        Leave();
        return _drained.Task;
    }

    /// <summary>Null where this replica does not answer.</summary>
    private async Task<ReplicaAnswer?> AttemptAsync(Question question, Seat seat, Seat? slow)
    {
        using var deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(question.Ended, seat.Line.Lost, deadline.Token);
        var asked = time.GetTimestamp();
        try
        {
            using var reserved = slow is null
                ? await budget.ReserveAsync(seat.Bytes, attempt.Token).ConfigureAwait(false)
                : budget.Overdraw(seat.Bytes);
            asked = time.GetTimestamp();
            deadline.CancelAfter(options.LessonDeadline);
            if (slow is null)
            {
                _ = HedgeAsync(question, seat, asked, attempt.Token);
            }
            else
            {
                outcomes.Slow(slow);
            }

            outcomes.Asked(seat);
            var answer = await seat.Line.Line
                .AskAsync(question.Lesson, inputs(question.Lesson), attempt.Token)
                .ConfigureAwait(false);
            outcomes.Answered(seat, answer, time.GetElapsedTime(asked));
            return new ReplicaAnswer(answer, seat.Replica.Endpoint);
        }
        catch (WrongAnswerException e)
        {
            outcomes.Wrong(seat, e.Message);
        }
        catch (Exception e) when (e is TeacherUnreachableException or ObjectDisposedException)
        {
            outcomes.Broke(seat, e.Message);
        }
        catch (OperationCanceledException) when (question.Ended.IsCancellationRequested)
        {
            outcomes.Abandoned(seat, time.GetElapsedTime(asked));
            throw;
        }
        catch (OperationCanceledException) when (seat.Line.Lost.IsCancellationRequested)
        {
            outcomes.Broke(seat, "the line was closed");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            outcomes.Late(seat, options.LessonDeadline);
        }
        finally
        {
            attempt.Cancel();
        }

        return null;
    }

    /// <summary>
    /// Waits until the replica is slow, and asks another as well. What is slow is found anew whenever the time is up, since
    /// more may be known by then.
    /// </summary>
    private async Task HedgeAsync(Question question, Seat seat, long asked, CancellationToken attempt)
    {
        while (outcomes.Patience(seat) - time.GetElapsedTime(asked) is var patience && patience > TimeSpan.Zero)
        {
            await Task.Delay(patience > TimerResolution ? patience : TimerResolution, time, attempt)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (attempt.IsCancellationRequested)
            {
                return;
            }
        }

        if (question.TryHedge())
        {
            await PursueAsync(question, seat).ConfigureAwait(false);
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _drained.TrySetResult();
        }
    }
}
