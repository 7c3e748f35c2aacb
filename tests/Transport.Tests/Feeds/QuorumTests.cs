using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Specs;
using Stillhouse.Transport.Feeds;

namespace Stillhouse.Transport.Tests.Feeds;

public sealed class QuorumTests
{
    private static readonly QuorumSpec OneOfTwo = new() { Teachers = 1, Deadline = 2 };
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private static readonly Batch[] Schedule = FeedFixture.Schedule;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_WhenATeacherIsLate_WaitsUntilTheDeadlineAndGoesOnWithoutIt()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = true;
        var feed = wood.Open(quorum: OneOfTwo);
        var taking = FeedFixture.TakeAsync(feed, Schedule[0]);
        await wood.Time.AwaitTimerAsync(Deadline);
        wood.Time.Advance(Deadline - TimeSpan.FromMilliseconds(1));
        taking.IsCompleted.ShouldBeFalse();

        wood.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await taking).ShouldBe([FeedFixture.Expected(Schedule[0])[0], null]);
        Written(feed.Quorum!).ShouldBe("1 of 1: 0-0 elm");
    }

    [Fact]
    public async Task Take_WhenTheLateTeacherAnswersBeforeTheDeadline_UsesIt()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = true;
        var feed = wood.Open(quorum: OneOfTwo);
        var taking = FeedFixture.TakeAsync(feed, Schedule[0]);
        await wood.Time.AwaitTimerAsync(Deadline);

        wood.Elm.AnswerAll();

        (await taking).ShouldBe(FeedFixture.Expected(Schedule[0]));
        Written(feed.Quorum!).ShouldBe("0 of 1: ");
    }

    [Fact]
    public async Task Take_WithoutAQuorumAtTheDeadline_WaitsForOne()
    {
        await using var wood = new FeedFixture();
        var feed = wood.Open(quorum: OneOfTwo);
        var taking = FeedFixture.TakeAsync(feed, Schedule[0]);
        await wood.Time.AwaitTimerAsync(Deadline);
        wood.Time.Advance(Deadline);
        taking.IsCompleted.ShouldBeFalse();

        wood.Elm.AnswerAll();

        (await taking).ShouldBe([null, FeedFixture.Expected(Schedule[0])[1]]);
    }

    [Fact]
    public async Task Take_WithoutTheLateTeacher_AsksItNoLongerForWhatNoBatchAheadNeeds()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = true;
        var feed = wood.Open(quorum: OneOfTwo);

        await TakeLateAsync(wood, feed, Schedule[0]);
        await TakeLateAsync(wood, feed, Schedule[1]);
        wood.Elm.WasCancelled(FeedFixture.Lesson(0)).ShouldBeFalse();
        await TakeLateAsync(wood, feed, Schedule[2]);

        wood.Elm.WasCancelled(FeedFixture.Lesson(0)).ShouldBeTrue();
        wood.Elm.WasCancelled(FeedFixture.Lesson(2)).ShouldBeFalse();
        await TakeLateAsync(wood, feed, Schedule[3]);
        wood.Elm.AnswerAll();
        (await FeedFixture.TakeAsync(feed, Schedule[4])).ShouldBe(FeedFixture.Expected(Schedule[4]));
    }

    [Fact]
    public async Task Take_WhenTheLateTeacherFails_SurfacesTheCause()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = true;
        var feed = wood.Open(quorum: OneOfTwo);
        var taking = FeedFixture.TakeAsync(feed, Schedule[0]);
        await wood.Time.AwaitTimerAsync(Deadline);

        wood.Elm.Fail(FeedFixture.Lesson(0), new LessonRefusedException("no such sample"));

        await Should.ThrowAsync<LessonRefusedException>(() => taking);
    }

    [Fact]
    public async Task Quorum_WithoutTheOption_IsNotReported()
    {
        await using var wood = new FeedFixture();
        wood.Oak.IsPrompt = wood.Elm.IsPrompt = true;
        var feed = wood.Open();

        FeedFixture.Take(feed, Schedule[0], Cancellation);

        feed.Quorum.ShouldBeNull();
    }

    [Fact]
    public void Log_MergesConsecutiveBatchesThatLackTheSameTeachers()
    {
        var log = new QuorumLog();

        log.Add(7, ["elm"]);
        log.Add(8, ["elm"]);
        log.Add(9, []);
        log.Add(10, ["elm"]);
        log.Add(11, ["oak", "elm"]);
        log.Add(12, ["oak", "elm"]);

        Written(log.Report).ShouldBe("5 of 6: 7-8 elm, 10-10 elm, 11-12 oak elm");
    }

    private static string Written(QuorumReport report) =>
        $"{report.Incomplete} of {report.Batches}: "
        + string.Join(", ", report.Missed.Select(missed => $"{missed.First}-{missed.Last} {string.Join(' ', missed.Teachers)}"));

    private static async Task TakeLateAsync(FeedFixture wood, LessonFeed feed, Batch batch)
    {
        var taking = FeedFixture.TakeAsync(feed, batch);
        await wood.Time.AwaitTimerAsync(Deadline);
        wood.Time.Advance(Deadline);
        (await taking)[1].ShouldBeNull();
    }
}
