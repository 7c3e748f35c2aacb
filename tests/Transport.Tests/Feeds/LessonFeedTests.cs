using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Tests.Replicas;

namespace Stillhouse.Transport.Tests.Feeds;

public sealed class LessonFeedTests
{
    private static readonly Batch[] Schedule = FeedFixture.Schedule;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_FromTheBeginning_AsksEveryTeacherForEachBlockOnce()
    {
        await using var wood = new FeedFixture();

        wood.Open();

        wood.Oak.Asked.ShouldBe([0, 4, 8, 20]);
        wood.Elm.Asked.ShouldBe([0, 4, 8, 20]);
    }

    [Fact]
    public async Task Take_OfEveryBatch_GivesItsRowsInTheOrderOfItsSamplesFromEveryTeacher()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        var feed = wood.Open();

        foreach (var batch in Schedule)
        {
            FeedFixture.Take(feed, batch, Cancellation).ShouldBe(FeedFixture.Expected(batch));
        }

        wood.Memory.Bytes.ShouldBe(0);
        Should.Throw<LessonRefusedException>(() => feed.Take(Schedule[0], Cancellation)).Message.ShouldContain("has ended");
    }

    [Fact]
    public async Task Take_OfBatchesThatMeetASampleSeveralTimes_GivesItsRowEachTime_AndAsksForNoOtherBlock()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        Batch[] schedule = [FeedFixture.Batch(0, 9, 9, 1), FeedFixture.Batch(1, 9, 2, 2), FeedFixture.Batch(2, 9, 9, 9)];
        var feed = wood.Open(schedule: schedule);

        foreach (var batch in schedule)
        {
            FeedFixture.Take(feed, batch, Cancellation).ShouldBe(FeedFixture.Expected(batch));
        }

        wood.Oak.Asked.ShouldBe([8, 0]);
        wood.Memory.Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task Feed_WithFewBytes_LooksAsFarAheadAsTheyAllow()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        var feed = wood.Open(bytesAhead: 2 * FeedFixture.BlockBytes);
        wood.Oak.Asked.ShouldBe([0, 4]);

        FeedFixture.Take(feed, Schedule[0], Cancellation);
        FeedFixture.Take(feed, Schedule[1], Cancellation);
        wood.Oak.Asked.ShouldBe([0, 4]);

        FeedFixture.Take(feed, Schedule[2], Cancellation);
        wood.Oak.Asked.ShouldBe([0, 4, 8, 20]);
    }

    [Fact]
    public async Task Feed_WhileBatchesAreTaken_KeepsLookingAsFarAhead()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        Batch[] schedule = [.. Enumerable.Range(0, 6).Select(block => FeedFixture.Batch(block, block * FeedFixture.Block))];
        var feed = wood.Open(bytesAhead: 2 * FeedFixture.BlockBytes, schedule: schedule);

        FeedFixture.Take(feed, schedule[0], Cancellation);
        FeedFixture.Take(feed, schedule[1], Cancellation);
        FeedFixture.Take(feed, schedule[2], Cancellation);

        wood.Oak.Asked.ShouldBe([0, 4, 8, 12, 16]);
    }

    [Fact]
    public async Task Feed_WithTooFewBytesForOneBatch_StillDeliversAndHoldsTheBatchInHandAndTheNext()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        var feed = wood.Open(bytesAhead: 1);

        foreach (var batch in Schedule)
        {
            FeedFixture.Take(feed, batch, Cancellation).ShouldBe(FeedFixture.Expected(batch));
        }

        wood.Oak.Asked.ShouldBe([0, 4, 8, 20]);
        wood.Memory.Peak.ShouldBe((3 * FeedFixture.BlockBytes) + (FeedFixture.BlockBytes / 2));
    }

    [Fact]
    public async Task Feed_OfALongSchedule_NeverHoldsMoreThanItsBytesAndTheBatchInHand()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        Batch[] schedule = [.. Enumerable.Range(0, 200).Select(n => FeedFixture.Batch(n, n * 5 % 22, n * 7 % 22))];
        var feed = wood.Open(bytesAhead: 3 * FeedFixture.BlockBytes, schedule: schedule);

        foreach (var batch in schedule)
        {
            FeedFixture.Take(feed, batch, Cancellation).ShouldBe(FeedFixture.Expected(batch));
        }

        wood.Memory.Peak.ShouldBeLessThanOrEqualTo((3 + 2) * FeedFixture.BlockBytes);
    }

    [Fact]
    public async Task Feed_WithAnotherViewInTheNextEpoch_AsksAgain()
    {
        await using var wood = new FeedFixture();
        var next = Schedule[0] with { Number = 1, View = new ShiftedView(2, 7, 1) };

        wood.Open(schedule: [Schedule[0], next]);

        wood.Oak.Asked.ShouldBe([0, 0]);
    }

    [Fact]
    public async Task Take_BeforeTheLastTeacherHasAnswered_Waits()
    {
        await using var wood = new FeedFixture();
        var feed = wood.Open();
        wood.Oak.AnswerAll();
        var taking = FeedFixture.TakeAsync(feed, Schedule[0]);
        taking.IsCompleted.ShouldBeFalse();

        wood.Elm.Answer(FeedFixture.Lesson(0));

        (await taking).ShouldBe(FeedFixture.Expected(Schedule[0]));
    }

    [Fact]
    public async Task Take_OfAnotherBatchThanTheNext_IsRefusedAndLosesNothing()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        var feed = wood.Open();

        Should.Throw<LessonRefusedException>(() => feed.Take(Schedule[1], Cancellation)).Message.ShouldContain("batch 0");
        Should.Throw<LessonRefusedException>(() => feed.Take(Schedule[0] with { Split = Split.Test }, Cancellation));
        Should.Throw<LessonRefusedException>(() => feed.Take(Schedule[0] with { View = new ShiftedView(1, 1, 1) }, Cancellation));
        Should.Throw<LessonRefusedException>(() => feed.Take(Schedule[0] with { SampleIds = [3, 1, 0] }, Cancellation));

        FeedFixture.Take(feed, Schedule[0], Cancellation).ShouldBe(FeedFixture.Expected(Schedule[0]));
    }

    [Fact]
    public async Task Take_WhenATeacherFailsOnALaterBatch_SurfacesTheCauseAtOnce()
    {
        await using var wood = new FeedFixture();
        var feed = wood.Open();
        var taking = FeedFixture.TakeAsync(feed, Schedule[0]);
        var cause = new LessonRefusedException("no such sample");

        wood.Oak.Fail(FeedFixture.Lesson(5), cause);

        (await Should.ThrowAsync<LessonRefusedException>(() => taking)).ShouldBeSameAs(cause);
        Should.Throw<LessonRefusedException>(() => feed.Take(Schedule[0], Cancellation)).ShouldBeSameAs(cause);
    }

    [Fact]
    public async Task Take_WhenASourceGivesUpByItself_DoesNotWaitForEver()
    {
        await using var wood = new FeedFixture();
        var feed = wood.Open();
        var taking = FeedFixture.TakeAsync(feed, Schedule[0]);

        wood.Oak.Fail(FeedFixture.Lesson(0), new OperationCanceledException("the node stops"));

        await Should.ThrowAsync<OperationCanceledException>(() => taking);
    }

    [Fact]
    public async Task Take_WhenTargetsAreForOtherSamples_NeverGivesThem()
    {
        await using var wood = new FeedFixture();
        var feed = wood.Open();
        wood.Elm.AnswerAll();

        wood.Oak.Answer(FeedFixture.Lesson(0), instead: FeedFixture.Lesson(1));

        (await Should.ThrowAsync<WrongAnswerException>(() => FeedFixture.TakeAsync(feed, Schedule[0])))
            .Message.ShouldBe(
                "teacher 'oak' was asked about Train 0..3 for 2 values per sample in fp32, "
                + "and answered about Train 4..7 for 2 in fp32.");
    }

    [Fact]
    public async Task Take_WhenATeacherTellsApartOtherClasses_NeverGivesItsTargets()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        wood.Elm.Width = 3;
        var feed = wood.Open();

        Should.Throw<WrongAnswerException>(() => feed.Take(Schedule[0], Cancellation)).Message.ShouldContain("for 3 in fp32");
    }

    [Fact]
    public async Task Take_WhenCancelled_StopsWaitingAndCanBeRepeated()
    {
        await using var wood = new FeedFixture();
        var feed = wood.Open();
        using var giveUp = new CancellationTokenSource();
        var taking = FeedFixture.TakeUntilAsync(feed, Schedule[0], giveUp.Token);

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => taking);
        wood.Oak.AnswerAll();
        wood.Elm.AnswerAll();
        (await FeedFixture.TakeAsync(feed, Schedule[0])).ShouldBe(FeedFixture.Expected(Schedule[0]));
    }

    /// <summary>
    /// The last answer may come at any moment of a take, also between two looks at what is there. No order of events can be
    /// forced there, hence the many tries.
    /// </summary>
    [Fact]
    public async Task Take_WhileTheLastAnswerComes_NeverWaitsOn()
    {
        await using var wood = new FeedFixture();
        using var together = new Barrier(2);
        Batch[] schedule = [.. Enumerable.Range(0, 1_000).Select(number => FeedFixture.Batch(number, FeedFixture.Block * (number % 5)))];
        var feed = wood.Open(bytesAhead: 1, schedule: schedule);
        var answering = Task.Factory.StartNew(
            () =>
            {
                foreach (var batch in schedule)
                {
                    var lesson = FeedFixture.Lesson(batch.SampleIds[0] / FeedFixture.Block);
                    together.SignalAndWait(Cancellation);
                    wood.Oak.Answer(lesson);
                    Thread.SpinWait((int)(batch.Number % 40));
                    wood.Elm.Answer(lesson);
                }
            },
            TaskCreationOptions.LongRunning);
        var taking = Task.Factory.StartNew(
            () =>
            {
                foreach (var batch in schedule)
                {
                    together.SignalAndWait(Cancellation);
                    FeedFixture.Take(feed, batch, Cancellation).ShouldBe(FeedFixture.Expected(batch));
                }

                return feed.Delivered / 2;
            },
            TaskCreationOptions.LongRunning);

        (await taking.OrFail()).ShouldBe(schedule.Length);
        await answering;
    }

    [Fact]
    public async Task Dispose_WithLessonsAhead_CancelsThemAndFreesTheirAnswers()
    {
        await using var wood = new FeedFixture();
        var feed = wood.Open();
        wood.Oak.Answer(FeedFixture.Lesson(1));

        await feed.DisposeAsync();

        wood.Memory.Bytes.ShouldBe(0);
        wood.Elm.WasCancelled(FeedFixture.Lesson(1)).ShouldBeTrue();
    }
}
