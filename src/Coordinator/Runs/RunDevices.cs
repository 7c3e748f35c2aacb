using Akka.Actor;
using Stillhouse.Coordinator.Nodes;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Runs;

namespace Stillhouse.Coordinator.Runs;

/// <summary>A run's side of the office that shares out the cluster's devices.</summary>
/// <param name="coordinator">Where the office is.</param>
internal sealed class RunDevices(ICanTell coordinator)
{
    private long? _answered;

    /// <summary>The nodes with what has been allotted. Whatever is left of it after the next claim goes back.</summary>
    public ClusterNodes Take(DeviceOffice.Allotted allotted, ClusterNodes nodes)
    {
        _answered = allotted.Allotment.Number;
        return nodes with { Allotted = allotted.Allotment.Nodes };
    }

    public void Claim(RunState state, ClusterNodes nodes, IActorRef run)
    {
        coordinator.Tell(new DeviceOffice.Claimed(state.Run, DeviceClaims.Of(state, nodes), _answered), run);
        _answered ??= 0;
    }
}
