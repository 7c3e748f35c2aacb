using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class ReplicaSpeedTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Ask_OfAReplicaWhoseSpeedIsKnown_IsHedgedByItsPercentile()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        await wood.Oak.OpenedAsync();
        await MeasureAsync(wood, wood.Oak, Hedging.EnoughAnswers);
        wood.Move(wood.Oak, wood.Elm);
        await wood.Elm.OpenedAsync();
        await MeasureAsync(wood, wood.Elm, 1);
        var answer = wood.AskAsync(0);
        await wood.Oak.AskedAsync();

        wood.Time.Advance(2.9 * Latency);
        wood.Elm.HasBeenAsked.ShouldBeFalse();
        wood.Time.Advance(0.3 * Latency);

        (await wood.Elm.AskedAsync()).Answer();
        (await answer).ShouldBe(0);
    }

    [Fact]
    public async Task Ask_OfTheOnlyReplica_IsNotHedgedToItOnceItHasAnswered()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        var answer = wood.AskAsync(0);
        var slow = await wood.Oak.AskedAsync();
        wood.Time.Advance(2 * wood.Options.HedgeUntried);

        slow.Answer();

        (await answer).ShouldBe(0);
        await wood.Set.DisposeAsync();
        wood.Oak.HasBeenAsked.ShouldBeFalse();
        wood.Set.Report("wood").ShouldHaveSingleItem().Hedged.ShouldBe(0);
    }

    [Fact]
    public async Task Ask_AfterAHedgeWasLost_IsAskedOfTheFasterReplica()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);
        var slow = await wood.Oak.AskedAsync();
        wood.Time.Advance(wood.Options.HedgeUntried);
        var hedge = await wood.Elm.AskedAsync();
        wood.Time.Advance(Latency);
        hedge.Answer();
        await answer;
        await slow.Cancelled.Task;

        answer = wood.AskAsync(1);

        (await wood.Elm.AskedAsync()).Answer();
        (await answer).ShouldBe(1);
        wood.Oak.HasBeenAsked.ShouldBeFalse();
    }

    [Fact]
    public async Task Ask_AfterTheFirstAnswers_KeepsTheReplicaBusy()
    {
        await using var wood = new ReplicaFixture(configure: options => options.OpenLessons = 5);
        wood.Move(wood.Oak);
        await MeasureAsync(wood, wood.Oak, 5 - ReplicaChoice.FirstLessons);

        var answers = Enumerable.Range(0, 8).Select(wood.AskAsync).ToArray();

        var open = new List<AskedLesson>();
        for (var i = 0; i < 5; i++)
        {
            open.Add(await wood.Oak.AskedAsync());
        }

        wood.Oak.HasBeenAsked.ShouldBeFalse();
        wood.Oak.Diligence = asked =>
        {
            asked.Answer();
            return true;
        };
        open.ForEach(asked => asked.Answer());
        (await Task.WhenAll(answers)).ShouldBe([0, 1, 2, 3, 4, 5, 6, 7]);
    }

    [Fact]
    public async Task Report_GivesPercentilesOfWhatAReplicaTook()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);

        await MeasureAsync(wood, wood.Oak, 3);

        var report = wood.Set.Report("wood").ShouldHaveSingleItem();
        report.Answers.ShouldBe(3);
        report.LatencyP50Milliseconds!.Value.ShouldBe(100, 4);
        report.LatencyP99Milliseconds!.Value.ShouldBe(100, 4);
    }

    private static async Task MeasureAsync(ReplicaFixture wood, FakeReplica replica, int answers)
    {
        for (var i = 0; i < answers; i++)
        {
            var answer = wood.AskAsync(i);
            var asked = await replica.AskedAsync();
            wood.Time.Advance(Latency);
            asked.Answer();
            await answer;
        }
    }
}
