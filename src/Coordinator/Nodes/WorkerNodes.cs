using System.Collections.Immutable;
using Akka.Actor;
using Stillhouse.Messages.Nodes;
using Stillhouse.Orchestration.Placement;
using static Stillhouse.Messages.Nodes.NodeProtocol;

namespace Stillhouse.Coordinator.Nodes;

/// <summary>Which actor takes a node's work for a role. Passed between actors of the coordinator, never over the wire.</summary>
public sealed record WorkerNodes(ImmutableDictionary<RegisterNode, IActorRef> Workers) : INoSerializationVerificationNeeded
{
    public static WorkerNodes None { get; } = new(ImmutableDictionary<RegisterNode, IActorRef>.Empty);

    /// <inheritdoc cref="ClusterNodes.AreSettled" />
    public bool AreSettled { get; init; } = true;

    /// <summary>The same as names, for pure decisions.</summary>
    public ClusterNodes Nodes => Workers.Keys.Aggregate(
        ClusterNodes.None with { AreSettled = AreSettled }, (nodes, worker) => nodes.With(worker.Node, worker.Role));

    public bool Knows(RegisterNode registration, IActorRef worker) => worker.Equals(Find(registration));

    public IActorRef? Find(RegisterNode registration) => Workers.GetValueOrDefault(registration);

    public WorkerNodes With(RegisterNode registration, IActorRef worker) => this with { Workers = Workers.SetItem(registration, worker) };

    public WorkerNodes Without(IActorRef worker) =>
        this with { Workers = Workers.RemoveRange(Workers.Where(entry => entry.Value.Equals(worker)).Select(entry => entry.Key)) };

    /// <summary>The actor that hosts the teachers of <paramref name="node"/>, or null where there is none at the moment.</summary>
    public IActorRef? TeacherHost(string? node) => node is null ? null : Find(new RegisterNode(node, NodeRole.Teacher));

    public IEnumerable<IActorRef> TeacherHosts =>
        Workers.Where(entry => entry.Key.Role == NodeRole.Teacher).Select(entry => entry.Value);
}
