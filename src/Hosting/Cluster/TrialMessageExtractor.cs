using Akka.Cluster.Sharding;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Hosting.Cluster;

/// <summary>Routes a message to the trial that it names, on the node that has the trial's lease: the trials of a node are one shard.</summary>
public sealed class TrialMessageExtractor : IMessageExtractor
{
    public string? EntityId(object message) => (message as ILeasedMessage)?.Trial.ToString();

    public object? EntityMessage(object message) => message;

    public string? ShardId(object message) => (message as ILeasedMessage)?.Lease.Node;

    /// <exception cref="InvalidOperationException">There is no message: a trial's name does not say where it is.</exception>
    public string ShardId(string entityId, object? messageHint = null) =>
        ShardId(messageHint ?? "") ?? throw new InvalidOperationException($"Where the trial {entityId} is does not follow from its name.");
}
