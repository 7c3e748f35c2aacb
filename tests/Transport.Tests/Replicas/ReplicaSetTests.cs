using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class ReplicaSetTests
{
    [Fact]
    public async Task Ask_WhenAReplicaAnswers_GivesItsAnswer()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        var answer = wood.AskAsync(3);

        (await wood.Oak.AskedAsync()).Answer();

        (await answer).ShouldBe(3);
        wood.Observer.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenTheReplicaIsKilled_IsAskedElsewhereAndNothingIsLost()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        var line = await wood.Oak.OpenedAsync();
        var answers = Enumerable.Range(0, 6).Select(block => wood.AskAsync(block)).ToArray();
        await wood.Oak.AskedAsync();
        await wood.Oak.AskedAsync();
        wood.Elm.Diligence = Answering;
        wood.Move(wood.Oak, wood.Elm);

        wood.Oak.Refusal = new TeacherUnreachableException("oak was felled");
        line.Break();

        (await Task.WhenAll(answers)).ShouldBe([0, 1, 2, 3, 4, 5]);
        (await wood.Observer.ToldAsync("wood failed at oak")).ShouldContain("http://oak ended");
        wood.Set.Report("wood").Select(replica => (replica.Node, replica.Answers, replica.Failures))
            .ShouldBe([("oak", 0, 2), ("elm", 6, 0)]);
    }

    [Fact]
    public async Task Ask_WhenTheReplicaIsSlow_IsAskedOfAnotherAsWellAndTheFirstAnswerCounts()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);
        var slow = await wood.Oak.AskedAsync();
        slow.IgnoresCancellation = true;
        wood.Elm.HasBeenAsked.ShouldBeFalse();

        wood.Time.Advance(wood.Options.HedgeUntried);
        (await wood.Elm.AskedAsync()).Answer();

        (await answer).ShouldBe(0);
        await slow.Cancelled.Task;
        slow.Answer();
        wood.Set.Report("wood").Select(replica => (replica.Node, replica.Hedged)).ShouldBe([("oak", 1), ("elm", 0)]);
    }

    [Fact]
    public async Task Ask_WhenTheSlowReplicaAnswersFirst_CancelsTheHedge()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);
        var slow = await wood.Oak.AskedAsync();
        wood.Time.Advance(wood.Options.HedgeUntried);
        var hedge = await wood.Elm.AskedAsync();

        slow.Answer();

        (await answer).ShouldBe(0);
        await hedge.Cancelled.Task;
    }

    [Fact]
    public async Task Ask_WhenNoOtherReplicaIsThere_IsHedgedAsSoonAsOneJoins()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        var answer = wood.AskAsync(0);
        await wood.Oak.AskedAsync();
        wood.Time.Advance(wood.Options.HedgeUntried);

        wood.Move(wood.Oak, wood.Elm);

        (await wood.Elm.AskedAsync()).Answer();
        (await answer).ShouldBe(0);
    }

    [Fact]
    public async Task Move_WhenAReplicaJoins_GivesItWorkThatWaitsAtOnce()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        var answers = Enumerable.Range(0, ReplicaChoice.FirstLessons + 1).Select(block => wood.AskAsync(block)).ToArray();
        var first = await wood.Oak.AskedAsync();
        var second = await wood.Oak.AskedAsync();

        wood.Move(wood.Oak, wood.Elm);

        var third = await wood.Elm.AskedAsync();
        third.Lesson.ShouldBe(ReplicaFixture.Lesson(2));
        third.Answer();
        first.Answer();
        second.Answer();
        (await Task.WhenAll(answers)).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Move_WhenAReplicaLeaves_ClosesItsLineAndAsksItsLessonsElsewhere()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);
        var asked = await wood.Oak.AskedAsync();

        wood.Move(wood.Elm);

        (await wood.Elm.AskedAsync()).Answer();
        (await answer).ShouldBe(0);
        await asked.Cancelled.Task;
        wood.Observer.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task Move_WhenAReplicaComesBack_OpensItsNewLineAfterTheOldOneWasClosed()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        await wood.Oak.OpenedAsync();
        wood.Move();

        wood.Move(wood.Oak);

        await wood.Oak.OpenedAsync();
        (wood.Oak.OpenLines, wood.Oak.Dials).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Ask_WhenTheAnswerIsWrong_QuarantinesTheReplicaForGoodAndAsksElsewhere()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);

        (await wood.Oak.AskedAsync()).Fail(new WrongAnswerException("row 3 is NaN"));

        (await wood.Elm.AskedAsync()).Answer();
        (await answer).ShouldBe(0);
        (await wood.Observer.ToldAsync("wood quarantined at oak")).ShouldEndWith("row 3 is NaN");
        await wood.Time.AwaitTimerAsync(wood.Options.FirstRetry);
        wood.Time.Advance(wood.Options.FirstRetry);
        wood.Oak.Dials.ShouldBe(1);
        wood.Move(wood.Elm);
        wood.Move(wood.Oak, wood.Elm);
        answer = wood.AskAsync(1);
        (await wood.Elm.AskedAsync()).Answer();
        (await answer).ShouldBe(1);
        wood.Oak.Dials.ShouldBe(1);
    }

    [Fact]
    public async Task Ask_WhenAReplicaDoesNotTakeThisStudent_SaysSoAndAsksOthers()
    {
        await using var wood = new ReplicaFixture();
        wood.Oak.Refusal = new LessonRefusedException("it speaks fp32 only");
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);

        (await wood.Elm.AskedAsync()).Answer();

        (await answer).ShouldBe(0);
        (await wood.Observer.ToldAsync("wood refused at oak")).ShouldEndWith("it speaks fp32 only");
        wood.Time.Advance(TimeSpan.FromMinutes(1));
        wood.Oak.Dials.ShouldBe(1);
    }

    [Fact]
    public async Task Ask_WhenAReplicaTellsApartOtherClasses_RefusesIt()
    {
        await using var wood = new ReplicaFixture();
        var ash = new FakeReplica(wood.Memory, "elm") { Width = 12 };
        await using var set = wood.SetOf(wood.Oak, ash);
        set.Move([wood.Oak.Endpoint]);
        await wood.Oak.OpenedAsync();

        set.Move([wood.Oak.Endpoint, ash.Endpoint]);

        (await wood.Observer.ToldAsync("wood refused at elm")).ShouldContain("answers with 12 values per sample, its other replicas with 10");
    }

    [Fact]
    public async Task Ask_WhenTheTeacherRefusesTheLesson_FailsWithoutAskingOthers()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);

        var cause = new LessonRefusedException("no such sample");
        (await wood.Oak.AskedAsync()).Fail(cause);

        (await Should.ThrowAsync<LessonRefusedException>(() => answer)).ShouldBeSameAs(cause);
        wood.Elm.HasBeenAsked.ShouldBeFalse();
    }

    [Fact]
    public async Task Ask_WhenAReplicaDoesNotAnswerInTime_IsAskedElsewhere()
    {
        await using var wood = new ReplicaFixture(configure: options => options.HedgeUntried = TimeSpan.FromHours(1));
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);
        var asked = await wood.Oak.AskedAsync();

        wood.Time.Advance(wood.Options.LessonDeadline);

        await asked.Cancelled.Task;
        (await wood.Elm.AskedAsync()).Answer();
        (await answer).ShouldBe(0);
        (await wood.Observer.ToldAsync("wood failed at oak")).ShouldEndWith("no answer to Train 0..7 within 60 s");
    }

    [Fact]
    public async Task Ask_WhenTheOnlyReplicaDoesNotAnswerInTime_IsAskedAgainAndWaitsVisibly()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        var answer = wood.AskAsync(0);
        await wood.Oak.AskedAsync();

        wood.Time.Advance(wood.Options.LessonDeadline);

        var again = await wood.Oak.AskedAsync();
        (await wood.Observer.ToldAsync("wood waiting")).ShouldContain("oak: no answer to Train 0..7 within 60 s");
        again.Answer();
        (await answer).ShouldBe(0);
        await wood.Observer.ToldAsync("wood resumed");
    }

    [Fact]
    public async Task Ask_WithShippedInputs_SendsThem()
    {
        await using var wood = new ReplicaFixture(shipsInputs: true);
        wood.Move(wood.Oak);
        var answer = wood.AskAsync(2);

        var asked = await wood.Oak.AskedAsync();
        asked.Answer();

        await answer;
        asked.Inputs.ToArray().ShouldBe([16]);
    }

    [Fact]
    public async Task Ask_WithoutRoomInTheBudget_WaitsUntilAnotherAnswerIsComplete()
    {
        await using var wood = new ReplicaFixture(budget: ReplicaFixture.LessonBytes);
        wood.Move(wood.Oak, wood.Elm);
        var one = wood.AskAsync(0);
        var other = wood.AskAsync(1);
        var asked = await wood.Oak.AskedAsync();
        wood.Elm.HasBeenAsked.ShouldBeFalse();

        asked.Answer();

        (await wood.Elm.AskedAsync()).Answer();
        (await Task.WhenAll(one, other)).ShouldBe([0, 1]);
        wood.Budget.Peak.ShouldBe(ReplicaFixture.LessonBytes);
    }

    [Fact]
    public async Task Ask_WhenCancelled_EndsAndCancelsTheLesson()
    {
        await using var wood = new ReplicaFixture();
        using var giveUp = new CancellationTokenSource();
        wood.Move(wood.Oak);
        var answer = wood.AskUntilAsync(0, giveUp.Token);
        var asked = await wood.Oak.AskedAsync();

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
        await asked.Cancelled.Task;
    }

    [Fact]
    public async Task Dispose_WithOpenLessons_EndsThemAndFreesWhatStillComes()
    {
        await using var wood = new ReplicaFixture();
        wood.Move(wood.Oak);
        var open = wood.AskAsync(0);
        var waiting = Enumerable.Range(1, 3).Select(block => wood.AskAsync(block)).ToArray();
        var asked = await wood.Oak.AskedAsync();
        asked.Answer();

        await wood.Set.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => waiting[2]);
        await Should.ThrowAsync<ObjectDisposedException>(() => wood.AskAsync(0));
        Should.Throw<ObjectDisposedException>(() => wood.Move(wood.Oak));
        await Task.WhenAny(open);
        wood.Memory.Bytes.ShouldBe(0);
    }

    private static bool Answering(AskedLesson asked)
    {
        asked.Answer();
        return true;
    }
}
