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

    /// <summary>The same as names, for pure decisions.</summary>
    public ClusterNodes Nodes { get; } =
        Workers.Keys.Aggregate(ClusterNodes.None, (nodes, worker) => nodes.With(worker.Node, worker.Role));

    public bool Knows(RegisterNode registration, IActorRef worker) => worker.Equals(Find(registration));

    public IActorRef? Find(RegisterNode registration) => Workers.GetValueOrDefault(registration);

    public WorkerNodes With(RegisterNode registration, IActorRef worker) => new(Workers.SetItem(registration, worker));

    public WorkerNodes Without(IActorRef worker) => new(Workers.RemoveRange(Workers.Where(entry => entry.Value.Equals(worker)).Select(entry => entry.Key)));

    /// <summary>The actor that hosts the teachers of <paramref name="node"/>.</summary>
    public IActorRef TeacherHost(string node) => Workers[new RegisterNode(node, NodeRole.Teacher)];

    public IEnumerable<IActorRef> TeacherHosts =>
        Workers.Where(entry => entry.Key.Role == NodeRole.Teacher).Select(entry => entry.Value);
}
