using Stillhouse.Coordinator.Ledger;

namespace Stillhouse.Cluster.Tests.Ledger;

public class SnapshotCadenceTests
{
    [Fact]
    public void Summaries_AreFirstDueAt200Facts_AndThenWheneverTheLedgerHasDoubled() =>
        Due(facts: 3_000).ShouldBe([200, 400, 800, 1_600]);

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Summaries_TogetherStandForLessThanTwiceTheLedger(int facts) => Due(facts).Sum().ShouldBeLessThan(2L * facts);

    private static List<long> Due(int facts)
    {
        var taken = new List<long>();
        for (var fact = 1L; fact <= facts; fact++)
        {
            if (SnapshotCadence.IsDue(taken.LastOrDefault(), fact))
            {
                taken.Add(fact);
            }
        }

        return taken;
    }
}
