using System.Collections.Immutable;
using Akka.Actor;
using Stillhouse.Messages.Identity;
using Stillhouse.Orchestration.Placement;

namespace Stillhouse.Coordinator.Nodes;

/// <summary>Hears what runs claim of the cluster's devices, and tells them what they may use.</summary>
/// <param name="tell">Sends something to a run's actor.</param>
internal sealed class DeviceOffice(Action<RunId, object> tell)
{
    private DeviceBroker _broker = DeviceBroker.Empty;

    /// <inheritdoc cref="DeviceBroker.PinnedElsewhere" />
    public ImmutableList<string> PinnedElsewhere(RunId run) => _broker.PinnedElsewhere(run);

    /// <summary>A run is open: until it has said what it has, nothing is allotted.</summary>
    public void Open(RunId run, int priority) => _broker = _broker.With(run, priority);

    /// <summary>A run has ended.</summary>
    public void Close(RunId run) => Become(_broker.Without(run));

    public void NodesBecome(ClusterNodes nodes) => Become(_broker.With(nodes));

    /// <returns>Whether the run's teachers are elsewhere than before, which the other runs have to know.</returns>
    public bool Hear(Claimed claimed)
    {
        var before = _broker.PinnedOf(claimed.Run);
        Become(_broker.Hear(claimed.Run, claimed.Claim, claimed.Answered));
        return !_broker.PinnedOf(claimed.Run).SequenceEqual(before);
    }

    private void Become(DeviceBroker broker)
    {
        (_broker, var allotments) = broker.Allot();
        foreach (var allotment in allotments)
        {
            tell(allotment.Run, new Allotted(allotment));
        }
    }

    /// <summary>A run's actor says what it has and wants.</summary>
    /// <param name="Answered">The number of the last allotment that this takes into account; null where the actor has just begun.</param>
    public sealed record Claimed(RunId Run, DeviceClaim Claim, long? Answered) : INoSerializationVerificationNeeded;

    /// <summary>A run may hand out trials.</summary>
    public sealed record Allotted(Allotment Allotment) : INoSerializationVerificationNeeded;
}
