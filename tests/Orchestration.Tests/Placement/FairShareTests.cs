using CsCheck;
using Stillhouse.Messages.Identity;
using Stillhouse.Orchestration.Placement;

namespace Stillhouse.Orchestration.Tests.Placement;

public class FairShareTests
{
    private static readonly Gen<List<Demand>> AnyDemands =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 20]).List[0, 8].Select(demands =>
            demands.Select((demand, index) => new Demand(new RunId($"run-{index}"), demand.Item1, demand.Item2)).ToList());

    [Fact]
    public void Equals_ShareAlike_AndTheEarlierGetsWhatCannotBeDivided() =>
        Divide(5, ("a", 0, 10), ("b", 0, 10)).ShouldBe([("a", 3), ("b", 2)]);

    [Fact]
    public void ModestRun_GetsWhatItWants_AndTheOthersTheRest() =>
        Divide(9, ("a", 0, 10), ("b", 0, 1), ("c", 0, 10)).ShouldBe([("a", 4), ("b", 1), ("c", 4)]);

    [Fact]
    public void HigherPriority_IsServedFirst() =>
        Divide(4, ("a", 0, 4), ("b", 1, 3)).ShouldBe([("a", 1), ("b", 3)]);

    [Fact]
    public void AnyDivision_GivesNobodyTooMuch_AndLeavesNothingThatIsWanted() =>
        Gen.Select(Gen.Int[0, 40], AnyDemands).Sample((threads, demands) =>
        {
            var shares = FairShare.Divide(threads, demands);
            demands.ShouldAllBe(demand => shares[demand.Run] >= 0 && shares[demand.Run] <= demand.Threads);
            shares.Values.Sum().ShouldBe(Math.Min(threads, demands.Sum(demand => demand.Threads)));
        });

    [Fact]
    public void AnyDivision_LetsNobodyWant_WhileALowerPriorityOrARicherEqualHasMore() =>
        Gen.Select(Gen.Int[0, 40], AnyDemands).Sample((threads, demands) =>
        {
            var shares = FairShare.Divide(threads, demands);
            foreach (var wanting in demands.Where(demand => shares[demand.Run] < demand.Threads))
            {
                demands.Where(other => other.Priority < wanting.Priority).ShouldAllBe(other => shares[other.Run] == 0);
                demands.Where(other => other.Priority == wanting.Priority).ShouldAllBe(other => shares[other.Run] <= shares[wanting.Run] + 1);
            }
        });

    private static List<(string Run, int Threads)> Divide(int threads, params (string Run, int Priority, int Threads)[] demands)
    {
        var shares = FairShare.Divide(threads, [.. demands.Select(demand => new Demand(new RunId(demand.Run), demand.Priority, demand.Threads))]);
        return [.. demands.Select(demand => (demand.Run, shares[new RunId(demand.Run)]))];
    }
}
