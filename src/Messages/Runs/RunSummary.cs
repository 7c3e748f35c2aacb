using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Messages.Runs;

/// <summary>What a run's facts amount to, kept so that not all of them need be replayed. The facts stay.</summary>
/// <param name="Begun">How it began: the plan and the names of the trials follow from it.</param>
[WireName("ledger.run-summary/1")]
public sealed record RunSummary(
    RunEvents.RunBegun Begun,
    RunStatus Status,
    IReadOnlyList<TrialSummary> Trials,
    IReadOnlyList<ReplicaSummary> Replicas,
    RunReport? Report,
    string? Reason) : IProtocolMessage;

/// <summary>One trial of a <see cref="RunSummary"/>.</summary>
/// <param name="Swept">What the sweep knows of it; null for a trial of no sweep.</param>
/// <param name="Lease">The number of its last lease; 0 for none.</param>
/// <param name="Endpoint">Where networks that learn beside it can ask it; null for others.</param>
public sealed record TrialSummary(
    string Name, TrialStatus Status, string? Node, TrialOutcome? Outcome, SweptSummary? Swept = null, int Lease = 0, ReplicaEndpoint? Endpoint = null);

/// <summary>One trial of a sweep.</summary>
/// <param name="Number">From 0, in the order of proposals.</param>
/// <param name="Curve">Every epoch that it has reported.</param>
public sealed record SweptSummary(int Number, Assignment Assignment, IReadOnlyList<MeasuredEpoch> Curve);

/// <summary>One replica of a <see cref="RunSummary"/>.</summary>
/// <param name="Teacher">The trial that trained it.</param>
public sealed record ReplicaSummary(
    string Teacher, string Node, ReplicaStatus Status, DateTimeOffset Since, ReplicaEndpoint? Endpoint, string? Reason);

/// <summary>Where a replica stands.</summary>
public enum ReplicaStatus
{
    Dispatched = 1,
    Serving = 2,

    /// <summary>The node tried and could not; it is asked again later.</summary>
    Broken = 3,

    /// <summary>The node answered wrongly and is never asked again in this run.</summary>
    Quarantined = 4,
}
