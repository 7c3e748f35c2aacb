using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class ReplicaWaitTests
{
    private static readonly TeacherUnreachableException Away = new("teacher 'wood' at http://oak: connection refused");

    [Fact]
    public async Task Ask_WhileTheFirstLineIsBeingOpened_WaitsInSilence()
    {
        await using var wood = new ReplicaFixture();
        var welcome = new TaskCompletionSource();
        wood.Oak.Welcome = welcome.Task;
        wood.Move(wood.Oak);
        var answer = wood.AskAsync(0);

        welcome.SetResult();

        (await wood.Oak.AskedAsync()).Answer();
        (await answer).ShouldBe(0);
        wood.Observer.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenAllReplicasAreGone_WaitsVisiblyUntilOneReturns()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        var answer = wood.AskAsync(0);
        await wood.Oak.AskedAsync();
        wood.Oak.Refusal = Away;

        (await wood.Oak.OpenedAsync()).Break();

        (await wood.Observer.ToldAsync("wood waiting"))
            .ShouldContain("no replica of teacher 'wood' answers: oak: the line to http://oak ended");
        await wood.Time.AwaitTimerAsync(wood.Options.FirstRetry);
        wood.Time.Advance(wood.Options.FirstRetry);
        (await wood.Observer.ToldAsync("wood waiting")).ShouldContain("connection refused");
        wood.Oak.Refusal = null;
        await wood.Time.AwaitTimerAsync(wood.Options.FirstRetry * 2);
        wood.Time.Advance(wood.Options.FirstRetry * 2);
        (await wood.Oak.AskedAsync()).Answer();
        (await answer).ShouldBe(0);
        await wood.Observer.ToldAsync("wood resumed");
    }

    [Fact]
    public async Task Ask_WithoutAnyReplica_WaitsVisiblyUntilOneJoins()
    {
        await using var wood = new ReplicaFixture();

        var answer = wood.AskAsync(0);

        (await wood.Observer.ToldAsync("wood waiting")).ShouldEndWith("teacher 'wood' has no replica at the moment");
        wood.Move(wood.Oak);
        (await wood.Oak.AskedAsync()).Answer();
        (await answer).ShouldBe(0);
        await wood.Observer.ToldAsync("wood resumed");
    }

    [Fact]
    public async Task Ask_WhenTheFirstOfThoseWhoWaitIsAnswered_WaitsNoLonger()
    {
        await using var wood = new ReplicaFixture();
        var answers = new[] { wood.AskAsync(0), wood.AskAsync(1) };
        await wood.Observer.ToldAsync("wood waiting");
        wood.Move(wood.Oak);
        (await wood.Oak.AskedAsync()).Answer();

        await wood.Observer.ToldAsync("wood resumed");

        (await wood.Oak.AskedAsync()).Answer();
        (await Task.WhenAll(answers)).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Ask_WhenEveryReplicaIsQuarantined_WaitsAndNamesWhy()
    {
        await using var wood = new ReplicaFixture();
        using var giveUp = new CancellationTokenSource();
        wood.Move(wood.Oak);
        var answer = wood.AskUntilAsync(0, giveUp.Token);

        (await wood.Oak.AskedAsync()).Fail(new WrongAnswerException("row 3 is NaN"));

        (await wood.Observer.ToldAsync("wood waiting")).ShouldEndWith("oak: row 3 is NaN");
        answer.IsCompleted.ShouldBeFalse();
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Ask_WhenTheLastOneWhoWaitsGivesUp_WaitsNoLonger()
    {
        await using var wood = new ReplicaFixture();
        using var giveUp = new CancellationTokenSource();
        var answer = wood.AskUntilAsync(0, giveUp.Token);
        await wood.Observer.ToldAsync("wood waiting");

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
        await wood.Observer.ToldAsync("wood resumed");
    }

    [Fact]
    public async Task Observer_WhoJoinsLate_IsToldWhatStillHolds()
    {
        await using var wood = new ReplicaFixture();
        using var giveUp = new CancellationTokenSource();
        wood.Move(wood.Oak);
        var answer = wood.AskUntilAsync(0, giveUp.Token);
        (await wood.Oak.AskedAsync()).Fail(new WrongAnswerException("row 3 is NaN"));
        await wood.Observer.ToldAsync("wood waiting");

        var late = new ToldObserver();
        wood.Set.Observers.Add("timber", late);

        late.All().ShouldBe(
        [
            "timber quarantined at oak: row 3 is NaN",
            "timber waiting: no replica of teacher 'wood' answers: oak: row 3 is NaN",
        ]);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Line_ThatCannotBeOpened_IsTriedLessAndLessOften()
    {
        await using var wood = new ReplicaFixture();
        wood.Oak.Refusal = Away;
        wood.Move(wood.Oak);

        foreach (var milliseconds in new[] { 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000 })
        {
            await wood.Time.AwaitTimerAsync(TimeSpan.FromMilliseconds(milliseconds));
            wood.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        }

        await wood.Time.AwaitTimerAsync(TimeSpan.FromSeconds(5));
        wood.Oak.Dials.ShouldBe(9);
    }

    [Fact]
    public async Task Line_ThatBreaksBeforeItWasOfUse_IsTriedLessOften_AndAfterAnAnswerAtOnce()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        (await wood.Oak.OpenedAsync()).Break();
        await wood.Time.AwaitTimerAsync(TimeSpan.FromMilliseconds(100));
        wood.Time.Advance(TimeSpan.FromMilliseconds(100));
        (await wood.Oak.OpenedAsync()).Break();
        await wood.Time.AwaitTimerAsync(TimeSpan.FromMilliseconds(200));
        wood.Time.Advance(TimeSpan.FromMilliseconds(200));
        var line = await wood.Oak.OpenedAsync();
        var answer = wood.AskAsync(0);
        (await wood.Oak.AskedAsync()).Answer();
        await answer;

        line.Break();

        await wood.Time.AwaitTimerAsync(TimeSpan.FromMilliseconds(100));
    }
}
