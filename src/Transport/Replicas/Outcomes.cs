using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>What becomes of the lessons that replicas were asked: it decides who is asked next, and people hear of it.</summary>
internal sealed class Outcomes(
    Roster roster, LineAgreement agreement, ReplicaOptions options, LessonMetrics metrics, TeacherObservers observers)
{
    private readonly LatencyHistogram _latency = new();

    /// <summary>How long the lesson may take before another replica is asked as well; knowing more may change it.</summary>
    public TimeSpan Patience(Seat seat)
    {
        lock (roster.Gate)
        {
            var p95 = seat.Replica.P95 ?? (_latency.Count < Hedging.EnoughAnswers ? null : _latency.Percentile(0.95));
            return Hedging.Delay(p95, seat.Replica.Expected(seat.OpenBytes), options);
        }
    }

    public void Asked(Seat seat) => metrics.Asked(agreement.TeacherName, seat.Replica.Endpoint);

    /// <summary>Another replica is asked as well.</summary>
    public void Slow(Seat seat)
    {
        lock (roster.Gate)
        {
            seat.IsSlow = true;
            seat.Replica.Hedged();
        }

        metrics.Hedged(agreement.TeacherName, seat.Replica.Endpoint);
    }

    public void Answered(Seat seat, TargetAnswer answer, TimeSpan latency)
    {
        seat.Line.Answered();
        lock (roster.Gate)
        {
            seat.Replica.Answered(latency, seat.OpenBytes);
            _latency.Add(latency);
            observers.Wait(null);
        }

        metrics.Answered(agreement.TeacherName, seat.Replica.Endpoint, answer, latency);
    }

    /// <summary>Another replica answered first, or the asker lost interest.</summary>
    public void Abandoned(Seat seat, TimeSpan waited)
    {
        lock (roster.Gate)
        {
            if (seat.IsSlow)
            {
                seat.Replica.GivenUp(waited, seat.OpenBytes);
            }
        }
    }

    /// <summary>The replica did not answer in time.</summary>
    public void Late(Seat seat, TimeSpan waited)
    {
        var reason = $"no answer to {seat.Question.Lesson} within {options.LessonDeadline.TotalSeconds} s";
        lock (roster.Gate)
        {
            Failed(seat);
            seat.Replica.GivenUp(waited, seat.OpenBytes);
            seat.Replica.Trouble = reason;
            observers.Failed(seat.Replica.Endpoint, reason);
        }
    }

    /// <summary>The line is of no use any more. Whoever keeps it says so, once for all its lessons.</summary>
    public void Broke(Seat seat, string reason)
    {
        lock (roster.Gate)
        {
            Failed(seat);
            Cut(seat, reason);
        }
    }

    /// <summary>What came was no answer: the replica is never asked again.</summary>
    public void Wrong(Seat seat, string reason)
    {
        lock (roster.Gate)
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

    private void Failed(Seat seat)
    {
        seat.Question.FailedAt.Add(seat.Replica);
        seat.Replica.Failed();
        metrics.Failed(agreement.TeacherName, seat.Replica.Endpoint);
    }

    /// <summary>Nobody may be seated there until the line has been opened again.</summary>
    private static void Cut(Seat seat, string reason)
    {
        if (seat.Replica.Line == seat.Line)
        {
            (seat.Replica.Line, seat.Replica.Trouble) = (null, reason);
        }

        seat.Line.Break(reason);
    }
}
