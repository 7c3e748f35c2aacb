using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Messages.Runs;

/// <summary>A fact in a run's ledger. It happened at <see cref="At"/>, and replaying all facts yields the run's state.</summary>
public interface IRunEvent : IProtocolMessage
{
    DateTimeOffset At { get; }
}

/// <summary>The facts that a ledger is made of.</summary>
public static class RunEvents
{
    /// <param name="Priority">Runs of a higher one get devices first.</param>
    [WireName("ledger.run-begun/2")]
    public sealed record RunBegun(
        RunId Run, RunSpec Spec, DatasetFacts Dataset, NodesNeeded Needed, int Priority, DateTimeOffset At) : IRunEvent;

    /// <summary>How a run began before runs had priorities; ledgers still hold it.</summary>
    [WireName("ledger.run-begun/1")]
    public sealed record RunBegunWithoutPriority(
        RunId Run, RunSpec Spec, DatasetFacts Dataset, NodesNeeded Needed, DateTimeOffset At) : IRunEvent;

    /// <param name="Trial">The trial's name within the run.</param>
    /// <param name="Node">The node that is given the lease.</param>
    /// <param name="Lease">The lease's number: from 1, one more each time that the trial is handed out.</param>
    [WireName("ledger.trial-dispatched/2")]
    public sealed record TrialDispatched(string Trial, string Node, int Lease, DateTimeOffset At) : IRunEvent;

    /// <summary>How trials were handed out before there were leases, students to no node in particular; ledgers still hold it.</summary>
    [WireName("ledger.trial-dispatched/1")]
    public sealed record TrialDispatchedWithoutLease(string Trial, string? Node, DateTimeOffset At) : IRunEvent;

    [WireName("ledger.trial-begun/1")]
    public sealed record TrialBegun(string Trial, string Node, DateTimeOffset At) : IRunEvent;

    /// <summary>A network answers those that learn beside it, until all of them have finished.</summary>
    [WireName("ledger.peer-served/1")]
    public sealed record PeerServed(string Trial, ReplicaEndpoint Endpoint, DateTimeOffset At) : IRunEvent;

    /// <param name="Endpoint">The first replica of the teacher that this trial yielded; null for other trials.</param>
    [WireName("ledger.trial-ended/1")]
    public sealed record TrialEnded(string Trial, TrialOutcome Outcome, ReplicaEndpoint? Endpoint, DateTimeOffset At) : IRunEvent;

    /// <summary>A node was asked to serve a teacher as well.</summary>
    /// <param name="Trial">The trial that trained the teacher.</param>
    [WireName("ledger.replica-dispatched/1")]
    public sealed record ReplicaDispatched(string Trial, string Node, DateTimeOffset At) : IRunEvent;

    /// <summary>It passed its probe and answers lessons.</summary>
    [WireName("ledger.replica-served/1")]
    public sealed record ReplicaServed(string Trial, ReplicaEndpoint Endpoint, DateTimeOffset At) : IRunEvent;

    /// <summary>Its node went away.</summary>
    [WireName("ledger.replica-lost/1")]
    public sealed record ReplicaLost(string Trial, string Node, DateTimeOffset At) : IRunEvent;

    /// <summary>It does not serve, for example because its weights cannot be read; the node is tried again later.</summary>
    [WireName("ledger.replica-broke/1")]
    public sealed record ReplicaBroke(string Trial, string Node, string Reason, DateTimeOffset At) : IRunEvent;

    /// <summary>It answered wrongly; the node serves this teacher no more in this run.</summary>
    [WireName("ledger.replica-quarantined/1")]
    public sealed record ReplicaQuarantined(string Trial, string Node, string Reason, DateTimeOffset At) : IRunEvent;

    /// <summary>The node that worked on it went away; it waits to be handed out again, and goes on from its last checkpoint.</summary>
    [WireName("ledger.trial-lost/1")]
    public sealed record TrialLost(string Trial, string Node, DateTimeOffset At) : IRunEvent;

    /// <summary>A sweep tries something out; the trial waits to be handed out.</summary>
    [WireName("ledger.trial-proposed/1")]
    public sealed record TrialProposed(string Trial, Assignment Assignment, DateTimeOffset At) : IRunEvent;

    /// <summary>A trial of a sweep has come to the end of an epoch.</summary>
    [WireName("ledger.trial-measured/1")]
    public sealed record TrialMeasured(string Trial, MeasuredEpoch Measured, DateTimeOffset At) : IRunEvent;

    /// <summary>A trial of a sweep fell behind after the epoch that it reported last, and is stopped.</summary>
    [WireName("ledger.trial-pruned/1")]
    public sealed record TrialPruned(string Trial, DateTimeOffset At) : IRunEvent;

    [WireName("ledger.trial-broke/1")]
    public sealed record TrialBroke(string Trial, string Reason, DateTimeOffset At) : IRunEvent;

    [WireName("ledger.run-ended/1")]
    public sealed record RunEnded(RunReport Report, DateTimeOffset At) : IRunEvent;

    [WireName("ledger.run-broke/1")]
    public sealed record RunBroke(string Reason, DateTimeOffset At) : IRunEvent;

    [WireName("ledger.run-stopped/1")]
    public sealed record RunStopped(DateTimeOffset At) : IRunEvent;

    /// <summary>Its trials have been stopped, and go on from their checkpoints when it is resumed.</summary>
    [WireName("ledger.run-paused/1")]
    public sealed record RunPaused(DateTimeOffset At) : IRunEvent;

    [WireName("ledger.run-resumed/1")]
    public sealed record RunResumed(DateTimeOffset At) : IRunEvent;

    /// <summary>A run that had failed or been cancelled goes on: what had finished stays, the rest waits again.</summary>
    [WireName("ledger.run-retried/1")]
    public sealed record RunRetried(DateTimeOffset At) : IRunEvent;
}
