using Stillhouse.Benchmarks.Measuring;

namespace Stillhouse.Benchmarks.Tests.Measuring;

public class ContestTests
{
    [Fact]
    public async Task Contestants_TakeTurns_AndWarmUpsDoNotCount()
    {
        var played = new List<string>();
        Contestant Of(string name, Queue<double> values) => new(name, _ =>
        {
            played.Add(name);
            return Task.FromResult(values.Dequeue());
        });

        var scores = await Contest.PlayAsync(
            [Of("a", new([99, 1, 2])), Of("b", new([99, 5, 6]))], warmUps: 1, rounds: 2, TestContext.Current.CancellationToken);

        string.Concat(played).ShouldBe("ababab");
        scores["a"].ShouldBe(new Spread(1.5, 1, 2));
        scores["b"].ShouldBe(new Spread(5.5, 5, 6));
    }

    [Fact]
    public void Ratio_ComparesWithinARound()
    {
        // The machine was twice as slow in the second round: the medians' ratio would be the same, the spread would not.
        var scores = new Scores(new Dictionary<string, List<double>> { ["a"] = [8, 4, 9], ["b"] = [4, 2, 3] });

        scores.Ratio("a", "b").ShouldBe(new Spread(2, 2, 3));
    }

    [Fact]
    public async Task Contest_WhenCancelled_PlaysNoFurther()
    {
        using var stop = new CancellationTokenSource();
        var contestant = new Contestant("a", _ =>
        {
            stop.Cancel();
            return Task.FromResult(1.0);
        });

        await Should.ThrowAsync<OperationCanceledException>(
            () => Contest.PlayAsync([contestant], warmUps: 0, rounds: 2, stop.Token));
    }
}
