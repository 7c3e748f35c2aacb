using Stillhouse.Messages;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Placement;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Runs;

/// <summary>
/// Decides which facts follow from a message, given what the ledger says and which nodes are there. A message that
/// changes nothing, because it is late or repeated, yields no facts.
/// </summary>
public static class RunDecider
{
    /// <param name="state">The run so far, or null before it has begun.</param>
    /// <param name="message">A command or report that concerns this run.</param>
    /// <param name="nodes">The nodes within reach.</param>
    /// <param name="now">The time that the facts bear.</param>
    /// <exception cref="ArgumentOutOfRangeException">No decision is defined for the message.</exception>
    public static IReadOnlyList<IRunEvent> Decide(RunState? state, IProtocolMessage message, ClusterNodes nodes, DateTimeOffset now)
    {
        var decision = new RunDecision(state, now);
        switch (message)
        {
            case SubmitRun submit when state is null:
                decision.Record(new RunBegun(submit.Run, submit.Spec, submit.Dataset, submit.Needed, submit.Priority, now));
                break;
            case SubmitRun:
                break;
            case CancelRun:
                decision.When(status => status is RunStatus.Running or RunStatus.Paused, () => decision.Record(new RunStopped(now)));
                break;
            case PauseRun:
                decision.WhileRunning(() => decision.Record(new RunPaused(now)));
                break;
            case ResumeRun:
                decision.When(status => status is RunStatus.Paused, () => decision.Record(new RunResumed(now)));
                break;
            case RetryRun:
                decision.When(
                    status => status is RunStatus.Failed or RunStatus.Cancelled, () => decision.Record(new RunRetried(now)));
                break;
            case TrialStarted started:
                decision.WhileLeased(started.Trial, started.Lease, trial =>
                {
                    if (trial.Status == TrialStatus.Dispatched)
                    {
                        decision.Record(new TrialBegun(started.Trial.Name, started.Lease.Node, now));
                    }
                });
                break;
            case PeerServes serves:
                decision.WhileHeld(serves.Trial, serves.Lease, trial =>
                {
                    if (trial.Endpoint != serves.Endpoint)
                    {
                        decision.Record(new PeerServed(serves.Trial.Name, serves.Endpoint, now));
                    }
                });
                break;
            case TrialProgressed report:
                decision.WhileLeased(report.Trial, report.Lease, _ => decision.Measure(report.Trial.Name, report.Progress));
                break;
            case TrialFinished finished:
                decision.WhileUnfinished(finished.Trial, () =>
                    decision.Record(new TrialEnded(finished.Trial.Name, finished.Outcome, null, now)));
                break;
            case TeacherServing serving:
                decision.WhileActive(serving.Trial, _ =>
                    decision.Record(new TrialEnded(serving.Trial.Name, serving.Outcome, serving.Endpoint, now)));
                break;
            case ReplicaServing serving:
                decision.WhileLive(serving.Trial, serving.Endpoint.Node, replica =>
                {
                    if (replica.Endpoint != serving.Endpoint)
                    {
                        decision.Record(new ReplicaServed(replica.Teacher, serving.Endpoint, now));
                    }
                });
                break;
            case ReplicaFailed failed:
                decision.WhileLive(failed.Trial, failed.Node, replica => decision.Record(failed.Quarantined
                    ? new ReplicaQuarantined(replica.Teacher, replica.Node, failed.Reason, now)
                    : new ReplicaBroke(replica.Teacher, replica.Node, failed.Reason, now)));
                break;
            case ReplicaAccused accused:
                decision.WhileRunning(() => decision.Quarantine(accused.Teacher, accused.Node, accused.Reason));
                break;
            case TrialFailed failed:
                decision.WhileLeased(failed.Trial, failed.Lease, trial => decision.Break(failed.Trial.Name, trial.Node, failed.Reason));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "A run cannot decide on this message.");
        }

        return decision.Advance(nodes);
    }

    /// <summary>Decides what follows when nodes came or went.</summary>
    public static IReadOnlyList<IRunEvent> Reconsider(RunState? state, ClusterNodes nodes, DateTimeOffset now) =>
        new RunDecision(state, now).Advance(nodes);
}
