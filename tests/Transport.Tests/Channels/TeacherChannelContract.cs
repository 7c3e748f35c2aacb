using Microsoft.Extensions.Time.Testing;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;
using static Stillhouse.Transport.Tests.Fakes.Students;

namespace Stillhouse.Transport.Tests.Channels;

/// <summary>What every way of carrying lessons must keep.</summary>
public abstract class TeacherChannelContract : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private IDisposable? _registration;

    private protected FakeTeacher Teacher { get; } = new();

    private protected abstract ServedTeachers Served { get; }

    private protected abstract TeacherEndpoint Endpoint { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync()
    {
        _registration = Served.Add(Teacher);
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        _registration?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Ask_ReturnsTheLessonsOwnLogits()
    {
        await using var channel = await OpenAsync(credits: 1);

        using var answer = await channel.AskAsync(Lesson(5, 4, 9), Cancellation);

        channel.Teacher.ShouldBe(FakeTeacher.Weights);
        answer.LessonNumber.ShouldBe(5);
        answer.SampleIds.ShouldBe([4, 9]);
        answer.Logits.Values.ToArray().ShouldBe([4f, 4.1f, 4.2f, 9f, 9.1f, 9.2f]);
        answer.ComputeTime.ShouldBe(TimeSpan.FromMicroseconds(12));
    }

    [Fact]
    public async Task Ask_OfEverySplit_ArrivesAsThatSplit()
    {
        var heard = new List<Split>();
        Teacher.Asked = lesson => heard.Add(lesson.Split);
        await using var channel = await OpenAsync(credits: 1);

        foreach (var split in Enum.GetValues<Split>())
        {
            using var answer = await channel.AskAsync(new Lesson(0, split, [1]), Cancellation);
        }

        heard.ShouldBe(Enum.GetValues<Split>());
    }

    [Fact]
    public async Task Ask_WhenAnswersOvertakeEachOther_GivesEachToItsLesson()
    {
        var first = new TaskCompletionSource();
        Teacher.Asked = lesson => Teacher.Gate = lesson.Number == 0 ? first.Task : Task.CompletedTask;
        await using var channel = await OpenAsync(credits: 2);

        var slow = channel.AskAsync(Lesson(0), Cancellation);
        using var fast = await channel.AskAsync(Lesson(1), Cancellation);
        first.SetResult();
        using var late = await slow;

        (late.LessonNumber, fast.LessonNumber).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Ask_BeyondTheCredits_WaitsForADisposal()
    {
        const int credits = 3;
        var (held, mostHeld) = (0, 0);
        Teacher.Asked = _ => mostHeld = Math.Max(mostHeld, Interlocked.Increment(ref held));
        await using var channel = await OpenAsync(credits);

        var asked = Enumerable.Range(0, 20).Select(n => channel.AskAsync(Lesson(n), Cancellation)).ToList();
        foreach (var answer in asked)
        {
            var targets = await answer;
            Interlocked.Decrement(ref held);
            targets.Dispose();
        }

        mostHeld.ShouldBe(credits);
    }

    [Fact]
    public async Task Answer_DisposedTwice_FreesOneCredit()
    {
        await using var channel = await OpenAsync(credits: 1);
        var first = await channel.AskAsync(Lesson(0), Cancellation);
        first.Dispose();
        first.Dispose();

        using var second = await channel.AskAsync(Lesson(1), Cancellation);
        var third = channel.AskAsync(Lesson(2), Cancellation);

        third.IsCompleted.ShouldBeFalse();
        second.Dispose();
        (await third).Dispose();
    }

    [Theory]
    [InlineData("other number", "lesson")]
    [InlineData("other sample", "sample 8 is answered")]
    [InlineData("fewer samples", "1 are answered")]
    [InlineData("other classes", "[2, 2]")]
    [InlineData("too few values", "5 values")]
    [InlineData("NaN", "NaN")]
    [InlineData("infinity", "sample 7 for class 2 is Infinity")]
    public async Task Ask_WhenTheAnswerDoesNotFit_IsRefusedNamingTeacherAndDifference(string fault, string difference)
    {
        Teacher.Answer = lesson => fault switch
        {
            "other number" => FakeTeacher.Targets(lesson, number: lesson.Number + 1),
            "other sample" => FakeTeacher.Targets(lesson, ids: [lesson.SampleIds[0], 8]),
            "fewer samples" => FakeTeacher.Targets(lesson, ids: [lesson.SampleIds[0]]),
            "other classes" => FakeTeacher.Targets(lesson, classes: 2),
            "too few values" => FakeTeacher.Targets(lesson, values: [1, 2, 3, 4, 5]),
            "NaN" => FakeTeacher.Targets(lesson, values: [1, 2, 3, float.NaN, 5, 6]),
            _ => FakeTeacher.Targets(lesson, values: [1, 2, 3, 4, 5, float.PositiveInfinity]),
        };
        await using var channel = await OpenAsync(credits: 1);

        var refused = await Should.ThrowAsync<LessonRefusedException>(() => channel.AskAsync(Lesson(3), Cancellation));

        refused.Message.ShouldContain(Endpoint.Name);
        refused.Message.ShouldContain(difference);
        await Teacher.Given.Single().Disposed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Ask_WhenTheTeacherRefuses_FailsThatLessonAlone()
    {
        Teacher.Answer = lesson => lesson.Number == 0
            ? throw new LessonRefusedException("sample 60000 is outside the split of 55000")
            : FakeTeacher.Targets(lesson);
        await using var channel = await OpenAsync(credits: 1);

        var refused = await Should.ThrowAsync<LessonRefusedException>(() => channel.AskAsync(Lesson(0), Cancellation));
        using var next = await channel.AskAsync(Lesson(1), Cancellation);

        refused.Message.ShouldContain("sample 60000");
        refused.Message.ShouldContain(Endpoint.Name);
    }

    [Fact]
    public async Task Ask_WhenTheTeacherBreaks_SaysSoWithItsAddress()
    {
        Teacher.Answer = _ => throw new InvalidOperationException("out of memory");
        await using var channel = await OpenAsync(credits: 1);

        var lost = await Should.ThrowAsync<TeacherUnreachableException>(() => channel.AskAsync(Lesson(0), Cancellation));

        lost.Message.ShouldContain("out of memory");
        lost.Message.ShouldContain(Endpoint.Address.OriginalString);
    }

    [Fact]
    public async Task Ask_WhenTheTeacherIsWithdrawn_FailsThenAndLater()
    {
        Teacher.Gate = new TaskCompletionSource().Task;
        await using var channel = await OpenAsync(credits: 2);
        var open = channel.AskAsync(Lesson(0), Cancellation);

        _registration!.Dispose();

        (await Should.ThrowAsync<TeacherUnreachableException>(() => open)).Message.ShouldContain("no longer served");
        await Should.ThrowAsync<TeacherUnreachableException>(() => channel.AskAsync(Lesson(1), Cancellation));
    }

    [Fact]
    public async Task Ask_WhenCancelled_StopsWaitingAndFreesTheCreditWhenTheAnswerComes()
    {
        var gate = new TaskCompletionSource();
        Teacher.Gate = gate.Task;
        await using var channel = await OpenAsync(credits: 1);
        using var giveUp = new CancellationTokenSource();
        var abandoned = channel.AskAsync(Lesson(0), giveUp.Token);

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => abandoned);
        gate.SetResult();
        using var next = await channel.AskAsync(Lesson(1), Cancellation);
        Teacher.Given.First().Disposed.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Ask_WhenTheDeadlinePasses_IsUnreachableWithTeacherAndLesson()
    {
        var gate = new TaskCompletionSource();
        Teacher.Gate = gate.Task;
        await using var channel = await OpenAsync(credits: 1);
        var asked = channel.AskAsync(Lesson(4), Cancellation);

        _time.Advance(new TeacherChannelOptions().LessonTimeout);

        var lost = await Should.ThrowAsync<TeacherUnreachableException>(() => asked);
        lost.Message.ShouldContain($"{Endpoint.Name}");
        lost.Message.ShouldContain("lesson 4 within 00:01:00");
    }

    [Fact]
    public async Task Dispose_WithALessonOpen_EndsItAndTheTeachersWork()
    {
        var heard = new TaskCompletionSource();
        Teacher.Asked = _ => heard.TrySetResult();
        Teacher.Gate = new TaskCompletionSource().Task;
        var channel = await OpenAsync(credits: 1);
        var open = channel.AskAsync(Lesson(0), Cancellation);
        await heard.Task.WaitAsync(Cancellation);

        await channel.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => open);
        await Should.ThrowAsync<ObjectDisposedException>(() => channel.AskAsync(Lesson(1), Cancellation));
        await Teacher.Abandoned.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Open_WithAnotherDataset_IsRefused() =>
        (await Should.ThrowAsync<LessonRefusedException>(() => OpenAsync(credits: 1, dataset: Digest.Of("others"u8))))
            .Message.ShouldContain(FakeTeacher.Samples.ToString());

    [Fact]
    public async Task Open_WithAnArtifactThatIsNotServed_IsUnreachable()
    {
        var other = Endpoint with { Artifact = Digest.Of("other weights"u8) };

        var lost = await Should.ThrowAsync<TeacherUnreachableException>(
            () => Student(Served, _time).OpenAsync(other, FakeTeacher.Samples, 1, Cancellation));

        lost.Message.ShouldContain(other.Artifact.ToString());
        lost.Message.ShouldContain(other.Address.OriginalString);
    }

    [Fact]
    public async Task Students_TwoAtOnce_GetTheirOwnAnswers()
    {
        await using var one = await OpenAsync(credits: 4);
        await using var two = await OpenAsync(credits: 4);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(n => new[]
        {
            one.AskAsync(Lesson(n, 10 + n), Cancellation),
            two.AskAsync(Lesson(n, 20 + n), Cancellation),
        }));

        answers.Select(answer => (int)answer.Logits.Values[0]).ShouldBe([10, 20, 11, 21, 12, 22, 13, 23]);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private protected Task<ITeacherChannel> OpenAsync(int credits, Digest? dataset = null) =>
        Student(Served, _time).OpenAsync(Endpoint, dataset ?? FakeTeacher.Samples, credits, Cancellation);
}
