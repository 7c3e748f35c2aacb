using System.Collections.Immutable;
using Akka.Actor;
using Stillhouse.StudentNode;

namespace Stillhouse.Cluster.Tests.Students;

public sealed class LeasedAllocationTests : ActorTests
{
    private readonly Dictionary<IActorRef, string> _names = [];
    private readonly IActorRef _first;
    private readonly IActorRef _second;
    private readonly LeasedAllocation _allocation;

    public LeasedAllocationTests()
    {
        (_first, _second) = (CreateTestProbe(), CreateTestProbe());
        _names[_first] = "s1";
        _names[_second] = "s2";
        _allocation = new LeasedAllocation(region => _names.GetValueOrDefault(region));
    }

    [Fact]
    public async Task Shard_OfANode_IsPlacedThere() =>
        (await _allocation.AllocateShard(_first, "s2", Allocations([], []))).ShouldBe(_second);

    [Fact]
    public async Task Shard_OfANodeThatIsAway_IsPlacedWhereSomebodyAsksForIt() =>
        (await _allocation.AllocateShard(_second, "s3", Allocations([], []))).ShouldBe(_second);

    [Fact]
    public async Task Shard_OfANodeThatIsBack_IsMovedThere_AndNoOther()
    {
        var allocations = Allocations(["s1", "s2", "s3"], []);

        (await _allocation.Rebalance(allocations, ImmutableHashSet<string>.Empty)).ShouldBe(["s2"]);
        (await _allocation.Rebalance(allocations, ImmutableHashSet.Create("s2"))).ShouldBeEmpty();
        (await _allocation.Rebalance(Allocations(["s1", "s3"], ["s2"]), ImmutableHashSet<string>.Empty)).ShouldBeEmpty();
    }

    private ImmutableDictionary<IActorRef, IImmutableList<string>> Allocations(ImmutableList<string> first, ImmutableList<string> second) =>
        ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty.Add(_first, first).Add(_second, second);
}
