using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Feeds;
using Stillhouse.Transport.Tests.Replicas;

namespace Stillhouse.Transport.Tests.Feeds;

public sealed class LiveFeedTests : IAsyncDisposable
{
    private const int Rows = 3;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly CountedMemory _memory = new();
    private readonly TimerTime _time = new();
    private readonly FakeSource _oak;
    private readonly FakeSource _elm;
    private readonly LiveFeed _feed;

    public LiveFeedTests()
    {
        (_oak, _elm) = (new FakeSource(_memory, 1_000), new FakeSource(_memory, 2_000));
        _feed = new LiveFeed(
            [new FeedTeacher("oak", _oak, FeedFixture.Classes), new FeedTeacher("elm", _elm, FeedFixture.Classes)],
            new Fp32Codec(),
            [.. Enumerable.Range(0, 4).Select(step => new LiveBatch(step, Lesson(step)))],
            Deadline,
            _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Take_GivesWhatEachMakesOfTheStep()
    {
        _oak.AnswerAll();
        _elm.AnswerAll();

        Take(0).ShouldBe([[1_000f, 1_001f, 1_002f], [2_000f, 2_001f, 2_002f]]);
        _feed.Delivered.ShouldBe(2 * Rows);
    }

    [Fact]
    public void Take_OfAnotherStep_IsRefused() => Should.Throw<LessonRefusedException>(() => Take(1)).Message.ShouldContain("Batch 1");

    [Fact]
    public async Task Take_ThatWaitsTooLong_NamesWhoHasNotAnswered()
    {
        _oak.Answer(Lesson(0));
        var taking = Task.Run(() => Take(0), Cancellation);
        await _time.AwaitTimerAsync(Deadline);

        _time.Advance(Deadline);

        (await Should.ThrowAsync<TimeoutException>(taking.OrFail())).Message
            .ShouldBe("elm did not answer about step 0 within 30 s; recipe.deadline says how long to wait");
    }

    [Fact]
    public void Take_BeforeAStepThatNobodyWillAnswer_GivesWhatThereIs()
    {
        _oak.Answer(Lesson(0));
        _elm.Answer(Lesson(0));
        _elm.Fail(Lesson(1), new LessonsEndedException("elm diverged"));

        Take(0).Length.ShouldBe(2);
        Should.Throw<LessonsEndedException>(() => Take(1)).Message.ShouldBe("elm diverged");
    }

    [Fact]
    public void Take_OfRowsOfAnotherWidth_NeverGivesThem()
    {
        _elm.Width = 3;
        _oak.Answer(Lesson(0));
        _elm.Answer(Lesson(0));

        Should.Throw<WrongAnswerException>(() => Take(0)).Message.ShouldContain("'elm' was asked about");
        _memory.Bytes.ShouldBe(1L * Rows * FeedFixture.Classes * sizeof(float), "oak's answer, which the feed still holds");
    }

    [Fact]
    public async Task Disposal_GivesUpWhatIsAskedAhead()
    {
        _oak.Answer(Lesson(0));

        await _feed.DisposeAsync();

        _elm.WasCancelled(Lesson(0)).ShouldBeTrue();
        _memory.Bytes.ShouldBe(0);
    }

    public ValueTask DisposeAsync() => _feed.DisposeAsync();

    private static Lesson Lesson(long step) => new(Split.Train, new LiveView(step, step), new SampleRange(0, Rows));

    private float[][] Take(long step) =>
        FeedFixture.Read(_feed.Take(new Batch(step, Split.Train, View.Plain, [7, 8, 9]), Cancellation));
}
