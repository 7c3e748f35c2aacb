using System.Runtime.InteropServices;
using Grpc.Core;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Tests.Fakes;
using ShiftedView = Stillhouse.Transport.Lessons.V1.ShiftedView;
using Split = Stillhouse.Transport.Lessons.V1.Split;

namespace Stillhouse.Transport.Tests.Teaching;

/// <summary>The teaching side as a student in another language meets it, friendly or not.</summary>
public sealed class TeachingServiceTests : TeachingTests
{
    [Fact]
    public async Task Student_OfAnotherMake_IsTaught()
    {
        using var student = new RawStudent(Host.Address);
        var welcome = await student.EnterAsync();

        await student.SayAsync(RawStudent.Lesson(8, first: 300));
        var answer = await student.HearAnswerAsync();

        welcome.ShouldBe(new Welcome
        {
            Width = FakeTeacher.LogitsPerSample,
            InputSize = 2,
            CreditBytes = 1_000,
            FrameBytes = 1_000,
            MaxOpenLessons = MostOpenLessons,
            MaxRequestBytes = MostRequestBytes,
        });
        (answer.Number, answer.Offset, answer.First, answer.Count).ShouldBe((8, 0, 300, 2));
        (answer.Width, answer.TotalBytes, answer.ComputeNanos).ShouldBe((FakeTeacher.LogitsPerSample, 24, 12_000));
        answer.Origin.ShouldBe(Origin.Computed);
        MemoryMarshal.Cast<byte, float>(answer.Payload.Span).ToArray().ShouldBe([300f, 300.1f, 300.2f, 301f, 301.1f, 301.2f]);
    }

    [Fact]
    public async Task Welcome_WhenMoreIsOfferedThanAllowed_AgreesOnTheLimits()
    {
        using var student = new RawStudent(Host.Address);

        var welcome = await student.EnterAsync(RawStudent.Hello(credit: long.MaxValue, frame: int.MaxValue));

        (welcome.CreditBytes, welcome.FrameBytes).ShouldBe((3_000, 2_000));
    }

    [Fact]
    public async Task Answer_IsCutToFrameAndCredit_AndWaitsForMore()
    {
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync(RawStudent.Hello(credit: 50, frame: 30));

        await student.SayAsync(RawStudent.Lesson(0, first: 0, count: 6));
        var first = await student.HearAnswerAsync();
        var second = await student.HearAnswerAsync();
        await student.SayAsync(RawStudent.Credit(1));
        var third = await student.HearAnswerAsync();
        await student.SayAsync(RawStudent.Credit(49));
        var last = await student.HearAnswerAsync();

        Answer[] chunks = [first, second, third, last];
        chunks.Select(chunk => (chunk.Offset, chunk.Payload.Length)).ShouldBe([(0, 30), (30, 20), (50, 1), (51, 21)]);
        chunks.Select(chunk => chunk.TotalBytes).ShouldBe([72, 0, 0, 0]);
    }

    [Fact]
    public async Task Lesson_BeyondTheAgreedMaximum_IsRefused()
    {
        Teacher.Gate = new TaskCompletionSource().Task;
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        foreach (var number in Enumerable.Range(0, MostOpenLessons + 1))
        {
            await student.SayAsync(RawStudent.Lesson(number));
        }

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("lesson 4 would be open beside 4 others");
        await Teacher.Abandoned.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Lesson_WithANumberThatIsOpen_IsRefused()
    {
        Teacher.Gate = new TaskCompletionSource().Task;
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync(RawStudent.Lesson(6));
        await student.SayAsync(RawStudent.Lesson(6));

        (await student.HearFinalRefusalAsync()).Message.ShouldBe("lesson 6 is open already");
    }

    [Fact]
    public async Task Refusal_WhileAnswersWaitForCredit_IsHeardAllTheSame()
    {
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync(RawStudent.Hello(credit: 10));
        await student.SayAsync(RawStudent.Lesson(0));
        await student.HearAnswerAsync();

        await student.SayAsync(RawStudent.Credit(11));

        (await student.HearFinalRefusalAsync()).Message.ShouldBe("credit for 11 bytes, with 10 sent and not yet credited");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task Credit_ForWhatWasNotSent_IsRefused(long bytes)
    {
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync(RawStudent.Credit(bytes));

        (await student.HearFinalRefusalAsync()).Message.ShouldContain($"credit for {bytes} bytes, with 0 sent");
    }

    public static TheoryData<string> BadLessons => new(Bad.Keys);

    private static readonly Dictionary<string, Action<LessonRequest>> Bad = new()
    {
        ["split 9"] = lesson => lesson.Split = (Split)9,
        ["no view"] = lesson => lesson.ClearView(),
        ["0 pixels"] = lesson => lesson.Shift = new ShiftedView { Pixels = 0 },
        ["65536 pixels"] = lesson => lesson.Shift = new ShiftedView { Pixels = 65_536 },
        ["epoch -1"] = lesson => lesson.Shift = new ShiftedView { Pixels = 1, Epoch = -1 },
        ["0 samples from 5"] = lesson => lesson.Count = 0,
        ["2 samples from -5"] = lesson => lesson.First = -5,
        ["2147483647 samples from 5"] = lesson => lesson.Count = int.MaxValue,
        ["1 bytes of inputs"] = lesson => lesson.Inputs = Google.Protobuf.ByteString.CopyFrom(1),
    };

    [Theory]
    [MemberData(nameof(BadLessons))]
    public async Task Lesson_ThatNobodyCanAnswer_IsRefusedAlone(string finding)
    {
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();
        var bad = RawStudent.Lesson(1);
        Bad[finding](bad.Lesson);

        await student.SayAsync(bad);
        var refusal = (await student.HearAsync()).Refusal;
        await student.SayAsync(RawStudent.Lesson(1));

        (refusal.Number, refusal.Reason).ShouldBe((1, RefusalReason.Lesson));
        refusal.Message.ShouldContain(finding);
        (await student.HearAnswerAsync()).Number.ShouldBe(1);
    }

    [Fact]
    public async Task Lesson_WhoseAnswerIsNone_IsRefusedAsThat()
    {
        Teacher.Answer = (lesson, _) => FakeTeacher.Targets(lesson, rows: 1);
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync(RawStudent.Lesson(1));
        var refusal = (await student.HearAsync()).Refusal;
        Teacher.Answer = (lesson, _) => FakeTeacher.Targets(lesson);

        (refusal.Number, refusal.Reason).ShouldBe((1, RefusalReason.WrongAnswer));
    }

    [Fact]
    public async Task Lesson_AnsweredAboutAnother_IsRefusedAsWrong()
    {
        Teacher.Answer = (_, _) => FakeTeacher.Targets(Students.Lesson(6));
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync(RawStudent.Lesson(1));
        var refusal = (await student.HearAsync()).Refusal;
        Teacher.Answer = (lesson, _) => FakeTeacher.Targets(lesson);

        refusal.Reason.ShouldBe(RefusalReason.WrongAnswer);
    }

    [Fact]
    public async Task Garbage_InsteadOfAMessage_EndsThatStreamAlone()
    {
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync([0xFF, 0xFF, 0xFF]);

        var refusal = await student.HearFinalRefusalAsync();
        refusal.Reason.ShouldBe(RefusalReason.Protocol);
        refusal.Message.ShouldContain("no StudentMessage");
    }

    [Fact]
    public async Task Message_BeyondTheSizeLimit_EndsThatStreamAlone()
    {
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync(new byte[MostRequestBytes + 1]);

        (await Should.ThrowAsync<RpcException>(student.HearAsync)).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Message_OfALaterVersion_IsIgnored()
    {
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync([(15 << 3) | 2, 1, 0x42]);
        await student.SayAsync(RawStudent.Lesson(0));

        (await student.HearAnswerAsync()).Number.ShouldBe(0);
    }

    [Fact]
    public async Task Stream_BeyondTheLimit_IsBusyUntilAnotherEnds()
    {
        await using var host = await TeacherHost.StartAsync(configure: options => options.MaximumStreams = 1);
        host.Teachers.Add(new FakeTeacher());
        using var first = new RawStudent(host.Address);
        using var second = new RawStudent(host.Address);
        await first.EnterAsync();

        await second.SayAsync(new StudentMessage { Hello = RawStudent.Hello() });
        var refusal = await second.HearFinalRefusalAsync();
        await first.LeaveAsync();
        await Should.ThrowAsync<InvalidOperationException>(first.HearAsync);

        refusal.Reason.ShouldBe(RefusalReason.Busy);
        refusal.Message.ShouldContain("1 students");
        using var third = new RawStudent(host.Address);
        await third.EnterAsync();
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
        Teacher.Gate = new TaskCompletionSource().Task;
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();
        await student.SayAsync(RawStudent.Lesson(0));

        await student.LeaveAsync();

        await Should.ThrowAsync<InvalidOperationException>(student.HearAsync);
        await Teacher.Abandoned.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Student_ThatGivesNoCredit_HoldsUpNobodyElse()
    {
        using var slow = new RawStudent(Host.Address);
        await slow.EnterAsync(RawStudent.Hello(credit: 1));
        await slow.SayAsync(RawStudent.Lesson(0));
        await slow.HearAnswerAsync();
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync(RawStudent.Lesson(0));

        var answer = await student.HearAnswerAsync();
        (answer.Payload.Length, answer.Origin).ShouldBe((24, Origin.Memory));
    }
}
