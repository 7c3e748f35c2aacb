using System.Collections.Immutable;
using Akka.Actor;
using Stillhouse.Messages.Nodes;
using Stillhouse.Orchestration.Placement;
using static Stillhouse.Messages.Nodes.NodeProtocol;

namespace Stillhouse.Coordinator.Nodes;

/// <summary>Which actor takes a node's work for a role. Passed between actors of the coordinator, never over the wire.</summary>
public sealed record WorkerNodes(ImmutableDictionary<(string Node, string Role), Worker> Workers) : INoSerializationVerificationNeeded
{
    public static WorkerNodes None { get; } = new(ImmutableDictionary<(string Node, string Role), Worker>.Empty);

    /// <inheritdoc cref="ClusterNodes.AreSettled" />
    public bool AreSettled { get; init; } = true;

    /// <inheritdoc cref="ClusterNodes.PinnedElsewhere" />
    public ImmutableList<string> PinnedElsewhere { get; init; } = [];

    /// <summary>The same as names, for pure decisions.</summary>
    public ClusterNodes Nodes => Workers.Aggregate(
        ClusterNodes.None with { AreSettled = AreSettled, PinnedElsewhere = PinnedElsewhere },
        (nodes, worker) => nodes.With(worker.Key.Node, worker.Key.Role, worker.Value.Threads));

    public bool Knows(RegisterNode registration, IActorRef worker) => new Worker(worker, registration.Threads) == Find(registration);

    public Worker? Find(RegisterNode registration) => Workers.GetValueOrDefault((registration.Node, registration.Role));

    public WorkerNodes With(RegisterNode registration, IActorRef worker) => this with
    {
        Workers = Workers.SetItem((registration.Node, registration.Role), new Worker(worker, registration.Threads)),
    };

    public WorkerNodes Without(IActorRef worker) =>
        this with { Workers = Workers.RemoveRange(Workers.Where(entry => entry.Value.Actor.Equals(worker)).Select(entry => entry.Key)) };

    /// <summary>The actor that hosts the teachers of <paramref name="node"/>, or null where there is none at the moment.</summary>
    public IActorRef? TeacherHost(string? node) => node is null ? null : Workers.GetValueOrDefault((node, NodeRole.Teacher))?.Actor;

    public IEnumerable<IActorRef> TeacherHosts =>
        Workers.Where(entry => entry.Key.Role == NodeRole.Teacher).Select(entry => entry.Value.Actor);
}

/// <summary>A node in one of its roles.</summary>
/// <param name="Threads">CPU threads that the node offers.</param>
public sealed record Worker(IActorRef Actor, int Threads);
