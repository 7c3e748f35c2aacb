using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Stillhouse.Hosting.Cluster;

namespace Stillhouse.StudentNode;

/// <summary>
/// Places the shard of a node's trials on that node. While the node is away its shard is anywhere, where no trial is begun under a
/// lease of another node; it is moved when the node is back.
/// </summary>
public sealed class LeasedAllocation(ActorSystem system) : IShardAllocationStrategy
{
    private static readonly Task<IImmutableSet<string>> Nothing = Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);

    public Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations)
    {
        var names = Names(currentShardAllocations.Keys);
        return Task.FromResult(names.FirstOrDefault(region => region.Value == shardId).Key ?? requester);
    }

    public Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress)
    {
        var names = Names(currentShardAllocations.Keys);
        var present = names.Values.ToHashSet(StringComparer.Ordinal);
        var misplaced = currentShardAllocations
            .SelectMany(region => region.Value.Where(shard => present.Contains(shard) && names.GetValueOrDefault(region.Key) != shard))
            .Where(shard => !rebalanceInProgress.Contains(shard))
            .ToImmutableHashSet();
        return misplaced.IsEmpty ? Nothing : Task.FromResult<IImmutableSet<string>>(misplaced);
    }

    private Dictionary<IActorRef, string> Names(IEnumerable<IActorRef> regions)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var names = NodeNames.ByAddress(cluster);
        return regions
            .Select(region => (region, Name: names.GetValueOrDefault(region.Path.Address.HasLocalScope ? cluster.SelfAddress : region.Path.Address)))
            .Where(region => region.Name is not null)
            .ToDictionary(region => region.region, region => region.Name!);
    }
}
