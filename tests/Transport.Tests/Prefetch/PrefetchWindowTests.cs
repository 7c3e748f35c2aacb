using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Prefetch;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Prefetch;

public sealed class PrefetchWindowTests : IAsyncDisposable
{
    private const int Window = 2;

    private readonly FakeChannel _oak = new();
    private readonly FakeChannel _elm = new();
    private readonly Lesson[] _lessons = [.. Enumerable.Range(0, 4).Select(n => Students.Lesson(n))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _oak.DisposeAsync();
        await _elm.DisposeAsync();
    }

    [Fact]
    public async Task Window_FromTheBeginning_AsksEveryTeacherAsFarAheadAsAllowed()
    {
        await using var window = Open();

        _oak.Asked.ShouldBe([0, 1]);
        _elm.Asked.ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Take_OfEveryLesson_GivesAnswersInTheOrderOfScheduleAndTeachers()
    {
        await using var window = Open();

        foreach (var lesson in _lessons)
        {
            var later = _elm.Answer(lesson);
            var first = _oak.Answer(lesson);

            var answers = window.Take(lesson, Cancellation);

            answers.Select(answer => answer.Logits).ShouldBe([first, later]);
            answers.Select(answer => answer.LessonNumber).ShouldBe([lesson.Number, lesson.Number]);
        }

        _oak.Asked.ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task Take_AsksForOneMoreLesson()
    {
        await using var window = Open();
        _oak.Answer(_lessons[0]);
        _elm.Answer(_lessons[0]);

        window.Take(_lessons[0], Cancellation);

        _oak.Asked.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Take_BeforeTheLastTeacherHasAnswered_Waits()
    {
        await using var window = Open();
        _oak.Answer(_lessons[0]);
        var taking = TakeOnAThreadOfItsOwn(window, _lessons[0], Cancellation);
        taking.IsCompleted.ShouldBeFalse();

        _elm.Answer(_lessons[0]);

        (await taking).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Take_OfAnotherLessonThanTheNext_IsRefusedAndLosesNothing()
    {
        await using var window = Open();
        _oak.Answer(_lessons[0]);
        _elm.Answer(_lessons[0]);

        Should.Throw<LessonRefusedException>(() => window.Take(_lessons[1], Cancellation)).Message.ShouldContain("lesson 0");
        Should.Throw<LessonRefusedException>(() => window.Take(_lessons[0] with { Split = Split.Test }, Cancellation));
        Should.Throw<LessonRefusedException>(() => window.Take(_lessons[0] with { SampleIds = [0, 8] }, Cancellation));

        window.Take(_lessons[0], Cancellation).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Take_AfterTheScheduleHasEnded_IsRefused()
    {
        await using var window = new PrefetchWindow([_oak], [], Window);

        Should.Throw<LessonRefusedException>(() => window.Take(_lessons[0], Cancellation)).Message.ShouldContain("has ended");
    }

    [Fact]
    public async Task Take_WhenATeacherFailsOnALaterLesson_SurfacesTheCauseAtOnce()
    {
        await using var window = Open();
        var taking = TakeOnAThreadOfItsOwn(window, _lessons[0], Cancellation);

        var cause = new TeacherUnreachableException("oak fell");
        _oak.Fail(1, cause);

        (await Should.ThrowAsync<TeacherUnreachableException>(() => taking)).ShouldBeSameAs(cause);
        Should.Throw<TeacherUnreachableException>(() => window.Take(_lessons[0], Cancellation)).ShouldBeSameAs(cause);
    }

    [Fact]
    public async Task Take_WhenCancelled_StopsWaitingAndCanBeRepeated()
    {
        await using var window = Open();
        using var giveUp = new CancellationTokenSource();
        var taking = TakeOnAThreadOfItsOwn(window, _lessons[0], giveUp.Token);

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => taking);
        _oak.Answer(_lessons[0]);
        _elm.Answer(_lessons[0]);
        window.Take(_lessons[0], Cancellation).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Dispose_WithAnswersInFlight_DisposesThemAndTheChannels()
    {
        var window = Open();
        var arrived = _oak.Answer(_lessons[1]);

        await window.DisposeAsync();

        arrived.Disposed.IsCompleted.ShouldBeTrue();
        (_oak.Disposed, _elm.Disposed).ShouldBe((true, true));
    }

    [Fact]
    public async Task Window_OverARealConnection_ReturnsEveryBuffer()
    {
        var pool = new CountingPool();
        await using var host = await TeacherHost.StartAsync();
        host.Teachers.Add(new FakeTeacher());
        var channel = await Students.Student(pool: pool).OpenAsync(host.Endpoint, FakeTeacher.Samples, Window, Cancellation);
        await using (var window = new PrefetchWindow([channel], _lessons, Window))
        {
            foreach (var lesson in _lessons)
            {
                var answer = window.Take(lesson, Cancellation).Single();
                answer.SampleIds.ShouldBe(lesson.SampleIds);
                answer.Dispose();
            }
        }

        (pool.Rented, pool.Lent).ShouldBe((_lessons.Length, 0));
    }

    private PrefetchWindow Open() => new([_oak, _elm], _lessons, Window);

    private static Task<IReadOnlyList<SoftTargets>> TakeOnAThreadOfItsOwn(
        PrefetchWindow window, Lesson lesson, CancellationToken cancellation) =>
        Task.Factory.StartNew(
            () => window.Take(lesson, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
