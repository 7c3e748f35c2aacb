using Stillhouse.Messages.Randomness;

namespace Stillhouse.Orchestration.Tests.Randomness;

public class SplitMix64Tests
{
    [Fact]
    public void Next_FromTheReferenceSeed_YieldsTheReferenceNumbers()
    {
        var random = new SplitMix64(1234567);

        // Of splitmix64.c by Sebastiano Vigna, seed 1234567.
        new[] { random.Next(), random.Next(), random.Next() }
            .ShouldBe([6457827717110365317, 3203168211198807973, 9817491932198370423]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Below_AnyBound_YieldsEveryNumberAboutEquallyOften(int bound)
    {
        const int PerNumber = 1_000;
        var random = new SplitMix64(1);
        var counts = new int[bound];
        for (var i = 0; i < bound * PerNumber; i++)
        {
            counts[random.Below(bound)]++;
        }

        counts.ShouldAllBe(count => Math.Abs(count - PerNumber) < 200);
    }

    [Fact]
    public void Below_NoRoom_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SplitMix64(1).Below(0));

    [Fact]
    public void Between_ManyDraws_FillTheRangeAndStayWithin()
    {
        var random = new SplitMix64(1);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => random.Between(-3, 5)).ToArray();

        drawn.Min().ShouldBeInRange(-3, -2.9f);
        drawn.Max().ShouldBeInRange(4.9f, 5);
        drawn.Average().ShouldBe(1, 0.1);
    }

    [Fact]
    public void Restart_ForAnItem_IsItsStreamWhateverWasDrawnBefore()
    {
        var (fresh, used) = (new SplitMix64(1), new SplitMix64(99));
        used.Next();
        fresh.Restart(seed: 7, item: 3);
        used.Restart(seed: 7, item: 3);
        fresh.Next().ShouldBe(used.Next());
    }

    [Fact]
    public void Restart_ForNeighbours_YieldsNoShiftedCopies()
    {
        var random = new SplitMix64(0);
        var drawn = new HashSet<ulong>();
        for (var item = 0; item < 100; item++)
        {
            random.Restart(seed: 7, item);
            for (var draw = 0; draw < 100; draw++)
            {
                drawn.Add(random.Next()).ShouldBeTrue();
            }
        }
    }
}
