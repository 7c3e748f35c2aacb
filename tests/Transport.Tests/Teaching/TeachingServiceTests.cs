using System.Runtime.InteropServices;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Tests.Fakes;
using Split = Stillhouse.Transport.Lessons.V1.Split;

namespace Stillhouse.Transport.Tests.Teaching;

/// <summary>The teaching side as a student in another language meets it, friendly or not.</summary>
public sealed class TeachingServiceTests : IAsyncLifetime
{
    private const int MostOpenLessons = 4;
    private const int MostRequestBytes = 2_048;

    private readonly FakeTeacher _teacher = new();
    private TeacherHost? _host;
    private ITeacherChannel? _bystander;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await TeacherHost.StartAsync(configure: options =>
        {
            options.MaximumOpenLessons = MostOpenLessons;
            options.MaximumRequestBytes = MostRequestBytes;
        });
        _host.Teachers.Add(_teacher);
        _bystander = await Students.Student().OpenAsync(_host.Endpoint, FakeTeacher.Samples, 1, Cancellation);
    }

    /// <summary>Whatever a test has done: the student beside it is still taught.</summary>
    public async ValueTask DisposeAsync()
    {
        _teacher.Gate = Task.CompletedTask;
        _teacher.Answer = lesson => FakeTeacher.Targets(lesson);
        using (var answer = await _bystander!.AskAsync(Students.Lesson(0), Cancellation))
        {
            answer.LessonNumber.ShouldBe(0);
        }

        await _bystander.DisposeAsync();
        await _host!.DisposeAsync();
    }

    [Fact]
    public async Task Student_OfAnotherMake_IsTaught()
    {
        using var student = new RawStudent(_host!.Address);
        var welcome = await student.EnterAsync(credits: 2);

        await student.SayAsync(RawStudent.Lesson(8, 5, 300));
        var answer = (await student.HearAsync()).Answer;

        (welcome.Classes, welcome.MaxOpenLessons).ShouldBe((FakeTeacher.LogitsPerSample, 2));
        (answer.Number, answer.Rows, answer.Classes, answer.ComputeNanos).ShouldBe((8, 2, FakeTeacher.LogitsPerSample, 12_000));
        answer.SampleIds.ShouldBe([5, 300]);
        MemoryMarshal.Cast<byte, float>(answer.Logits.Span).ToArray().ShouldBe([5f, 5.1f, 5.2f, 300f, 300.1f, 300.2f]);
    }

    [Fact]
    public async Task Welcome_WhenMoreCreditsAreOfferedThanAllowed_AgreesOnTheLimit()
    {
        using var student = new RawStudent(_host!.Address);

        (await student.EnterAsync(credits: int.MaxValue)).MaxOpenLessons.ShouldBe(MostOpenLessons);
    }

    [Fact]
    public async Task Answer_WithoutACredit_WaitsForOne()
    {
        _teacher.Answer = lesson => lesson.Number == 2 ? throw new LessonRefusedException("not this one") : FakeTeacher.Targets(lesson);
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync(credits: 2);
        await student.SayAsync(RawStudent.Lesson(0, 1));
        await student.HearAsync();
        await student.SayAsync(RawStudent.Lesson(1, 1));
        await student.HearAsync();

        // Both credits are spent. The answer to lesson 3 is ready before lesson 2 is refused, which needs no credit.
        await student.SayAsync(RawStudent.Lesson(3, 1));
        await student.SayAsync(RawStudent.Lesson(2, 1));
        var refusal = (await student.HearAsync()).Refusal;
        await student.SayAsync(new StudentMessage { Credit = new Credit { Answers = 1 } });
        var answer = (await student.HearAsync()).Answer;

        (refusal.Number, refusal.Reason, refusal.Message).ShouldBe((2, RefusalReason.Lesson, "not this one"));
        answer.Number.ShouldBe(3);
    }

    [Fact]
    public async Task Hello_WithAnotherProtocol_IsRefusedWithTheOneSpoken()
    {
        var refusal = await RefusedHelloAsync(hello => hello.Protocol = 2);

        (refusal.Reason, refusal.Message).ShouldBe((RefusalReason.Version, "protocol 2 is not spoken here; 1 is"));
    }

    [Fact]
    public async Task Hello_ForATeacherThatIsNotServed_IsRefused() =>
        (await RefusedHelloAsync(hello => hello.Teacher = FakeTeacher.Samples.ToString())).Reason.ShouldBe(RefusalReason.UnknownTeacher);

    [Fact]
    public async Task Hello_WithAnotherDataset_IsRefused() =>
        (await RefusedHelloAsync(hello => hello.Dataset = FakeTeacher.Weights.ToString())).Reason.ShouldBe(RefusalReason.WrongDataset);

    [Theory]
    [InlineData("")]
    [InlineData("md5:00")]
    [InlineData("sha256:ABC")]
    public async Task Hello_WithAMalformedDigest_IsRefused(string digest) =>
        (await RefusedHelloAsync(hello => hello.Teacher = digest)).Message.ShouldContain("64 lower-case hexadecimal digits");

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Hello_WithoutCredits_IsRefused(int credits) =>
        (await RefusedHelloAsync(hello => hello.Credits = credits)).Message.ShouldContain("at least 1");

    [Fact]
    public async Task Lesson_BeforeHello_IsRefused()
    {
        using var student = new RawStudent(_host!.Address);

        await student.SayAsync(RawStudent.Lesson(0, 1));

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("Lesson before Hello");
    }

    [Fact]
    public async Task Hello_Twice_IsRefused()
    {
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync();

        await student.SayAsync(new StudentMessage { Hello = RawStudent.Hello() });

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("second Hello");
    }

    [Fact]
    public async Task Stream_EndedBeforeHello_IsRefused()
    {
        using var student = new RawStudent(_host!.Address);

        await student.LeaveAsync();

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("before Hello");
    }

    [Fact]
    public async Task Lesson_BeyondTheAgreedMaximum_IsRefused()
    {
        _teacher.Gate = new TaskCompletionSource().Task;
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync(credits: 2);

        foreach (var number in Enumerable.Range(0, 3))
        {
            await student.SayAsync(RawStudent.Lesson(number, 1));
        }

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("lesson 2 would be open beside 2 others");
        await _teacher.Abandoned.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Lesson_WithANumberThatIsOpen_IsRefused()
    {
        _teacher.Gate = new TaskCompletionSource().Task;
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync(credits: 2);

        await student.SayAsync(RawStudent.Lesson(6, 1));
        await student.SayAsync(RawStudent.Lesson(6, 1));

        (await student.HearFinalRefusalAsync()).Message.ShouldBe("lesson 6 is open already");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task Credit_ForWhatWasNotSent_IsRefused(int answers)
    {
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync();

        await student.SayAsync(new StudentMessage { Credit = new Credit { Answers = answers } });

        (await student.HearFinalRefusalAsync()).Message.ShouldContain($"credit for {answers} answers, with 0 sent");
    }

    [Fact]
    public async Task Lesson_OfAnUnknownSplitOrWithoutSamples_IsRefusedAlone()
    {
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync();

        await student.SayAsync(new StudentMessage { Lesson = new LessonRequest { Number = 1, Split = (Split)9, SampleIds = { 1 } } });
        var split = (await student.HearAsync()).Refusal;
        await student.SayAsync(RawStudent.Lesson(2));
        var samples = (await student.HearAsync()).Refusal;
        await student.SayAsync(RawStudent.Lesson(3, 1));

        (split.Number, split.Reason).ShouldBe((1, RefusalReason.Lesson));
        split.Message.ShouldContain("split 9");
        (samples.Number, samples.Reason).ShouldBe((2, RefusalReason.Lesson));
        (await student.HearAsync()).Answer.Number.ShouldBe(3);
    }

    [Fact]
    public async Task Garbage_InsteadOfAMessage_EndsThatStreamAlone()
    {
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync();

        await student.SayAsync([0xFF, 0xFF, 0xFF]);

        var refusal = await student.HearFinalRefusalAsync();
        refusal.Reason.ShouldBe(RefusalReason.Protocol);
        refusal.Message.ShouldContain("no StudentMessage");
    }

    [Fact]
    public async Task Message_BeyondTheSizeLimit_EndsThatStreamAlone()
    {
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync();

        await student.SayAsync(new byte[MostRequestBytes + 1]);

        (await Should.ThrowAsync<RpcException>(student.HearAsync)).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Message_OfALaterVersion_IsIgnored()
    {
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync();

        await student.SayAsync([(15 << 3) | 2, 1, 0x42]);
        await student.SayAsync(RawStudent.Lesson(0, 1));

        (await student.HearAsync()).Answer.Number.ShouldBe(0);
    }

    [Fact]
    public async Task Silence_InsteadOfHello_EndsWithTheDeadline()
    {
        var time = new WatchedTime();
        await using var host = await TeacherHost.StartAsync(time);
        using var student = new RawStudent(host.Address);
        await time.TimerStarted.WaitAsync(Cancellation);

        time.Advance(TimeSpan.FromSeconds(10));

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("no Hello within 00:00:10");
    }

    [Fact]
    public async Task Teacher_Withdrawn_EndsTheStreamAsUnavailable()
    {
        var other = new FakeTeacher();
        await using var host = await TeacherHost.StartAsync();
        var registration = host.Teachers.Add(other);
        using var student = new RawStudent(host.Address);
        await student.EnterAsync();

        registration.Dispose();

        (await Should.ThrowAsync<RpcException>(student.HearAsync)).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task Student_ThatLeaves_EndsItsLessons()
    {
        _teacher.Gate = new TaskCompletionSource().Task;
        using var student = new RawStudent(_host!.Address);
        await student.EnterAsync();
        await student.SayAsync(RawStudent.Lesson(0, 1));

        await student.LeaveAsync();

        await Should.ThrowAsync<InvalidOperationException>(student.HearAsync);
        await _teacher.Abandoned.WaitAsync(Cancellation);
    }

    private async Task<Refusal> RefusedHelloAsync(Action<Hello> change)
    {
        var hello = RawStudent.Hello();
        change(hello);
        using var student = new RawStudent(_host!.Address);

        await student.SayAsync(new StudentMessage { Hello = hello });

        return await student.HearFinalRefusalAsync();
    }

    /// <summary>Tells when somebody begins to wait.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task TimerStarted => _started.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _started.TrySetResult();
            return timer;
        }
    }
}
