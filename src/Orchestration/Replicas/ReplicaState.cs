using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Orchestration.Replicas;

/// <summary>What a run's ledger says about one teacher on one node.</summary>
/// <param name="Teacher">The teacher's name, which is that of the trial that trained it.</param>
/// <param name="Node">The node.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Since">When it came to stand there.</param>
/// <param name="Endpoint">Where it can be asked, while it serves.</param>
/// <param name="Reason">Why it does not serve, where it broke or is quarantined.</param>
public sealed record ReplicaState(
    string Teacher, string Node, ReplicaStatus Status, DateTimeOffset Since, ReplicaEndpoint? Endpoint = null, string? Reason = null)
{
    /// <summary>Whether it serves, or has been asked to.</summary>
    public bool IsLive => Status is ReplicaStatus.Dispatched or ReplicaStatus.Serving;
}
