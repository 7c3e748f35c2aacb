using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Stillhouse.StudentNode;

/// <summary>
/// Places the shard of a node's trials on that node. While the node is away its shard is anywhere, where no trial is begun under a
/// lease of another node; it is moved when the node is back.
/// </summary>
/// <param name="nodeOf">The name of the node that a region is on, or null where it is not known.</param>
public sealed class LeasedAllocation(Func<IActorRef, string?> nodeOf) : IShardAllocationStrategy
{
    public Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
        Task.FromResult(currentShardAllocations.Keys.FirstOrDefault(region => nodeOf(region) == shardId) ?? requester);

    public Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress)
    {
        var present = currentShardAllocations.Keys.Select(nodeOf).ToHashSet();
        return Task.FromResult<IImmutableSet<string>>(currentShardAllocations
            .SelectMany(region => region.Value.Where(shard => nodeOf(region.Key) != shard))
            .Where(shard => present.Contains(shard) && !rebalanceInProgress.Contains(shard))
            .ToImmutableHashSet());
    }
}
