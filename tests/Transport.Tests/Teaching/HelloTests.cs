using Microsoft.Extensions.Time.Testing;
using Stillhouse.Messages.Specs;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Teaching;

/// <summary>Who is admitted, and what the others hear.</summary>
public sealed class HelloTests : TeachingTests
{
    [Fact]
    public async Task Hello_WithAnotherProtocol_IsRefusedWithTheOneSpoken()
    {
        var refusal = await RefusedHelloAsync(hello => hello.Protocol = 1);

        (refusal.Reason, refusal.Message).ShouldBe((RefusalReason.Version, "protocol 1 is not spoken here; 2 is"));
    }

    [Fact]
    public async Task Hello_ForATeacherThatIsNotServed_IsRefused() =>
        (await RefusedHelloAsync(hello => hello.Teacher = FakeTeacher.Samples.ToString())).Reason.ShouldBe(RefusalReason.UnknownTeacher);

    [Fact]
    public async Task Hello_WithAnotherDataset_IsRefused() =>
        (await RefusedHelloAsync(hello => hello.Dataset = FakeTeacher.Weights.ToString())).Reason.ShouldBe(RefusalReason.WrongDataset);

    [Fact]
    public async Task Hello_WithAnotherDatasetWhoseInputsAreShipped_IsWelcome()
    {
        var hello = RawStudent.Hello();
        (hello.Dataset, hello.ShipsInputs) = (FakeTeacher.Weights.ToString(), true);
        using var student = new RawStudent(Host.Address);

        await student.EnterAsync(hello);
    }

    [Fact]
    public async Task Hello_WhereTheTeacherHasNoDataset_IsRefusedWithTheRemedy()
    {
        await using var host = await TeacherHost.StartAsync();
        host.Teachers.Add(new FakeTeacher { Dataset = null });
        using var student = new RawStudent(host.Address);

        await student.SayAsync(new StudentMessage { Hello = RawStudent.Hello() });

        var refusal = await student.HearFinalRefusalAsync();
        refusal.Reason.ShouldBe(RefusalReason.WrongDataset);
        refusal.Message.ShouldContain("inputs: shipped");
    }

    [Fact]
    public async Task Hello_WithAnUnknownCodec_IsRefusedWithThoseSpoken()
    {
        var refusal = await RefusedHelloAsync(hello => hello.Codec = "bf16");

        refusal.Reason.ShouldBe(RefusalReason.Codec);
        refusal.Message.ShouldBe("codec 'bf16' is not spoken here; these are: fp32[+MODULE,...], fp16[+MODULE,...], int8, top-k:K@T, sampled:N@T");
    }

    [Theory]
    [InlineData("fp32+fc1,fc9", "the teacher has no fc9; it has conv1 [1, 2, 2], fc1 [3]")]
    [InlineData("fp16+layer2", "the teacher has no layer2; it has conv1 [1, 2, 2], fc1 [3]")]
    public async Task Hello_ForAFeatureThatTheTeacherLacks_IsRefusedWithThoseItHas(string codec, string message)
    {
        Teacher.Features = [new FeatureShape("conv1", [1, 2, 2]), new FeatureShape("fc1", [3])];

        var refusal = await RefusedHelloAsync(hello => hello.Codec = codec);

        (refusal.Reason, refusal.Message).ShouldBe((RefusalReason.Feature, message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("md5:00")]
    [InlineData("sha256:ABC")]
    public async Task Hello_WithAMalformedDigest_IsRefused(string digest) =>
        (await RefusedHelloAsync(hello => hello.Teacher = digest)).Message.ShouldContain("64 lower-case hexadecimal digits");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    public async Task Hello_WithoutCreditOrFrames_IsRefused(long credit, int frame) =>
        (await RefusedHelloAsync(hello => (hello.CreditBytes, hello.FrameBytes) = (credit, frame))).Message.ShouldContain("at least 1");

    [Fact]
    public async Task Lesson_BeforeHello_IsRefused()
    {
        using var student = new RawStudent(Host.Address);

        await student.SayAsync(RawStudent.Lesson(0));

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("Lesson before Hello");
    }

    [Fact]
    public async Task Hello_Twice_IsRefused()
    {
        using var student = new RawStudent(Host.Address);
        await student.EnterAsync();

        await student.SayAsync(new StudentMessage { Hello = RawStudent.Hello() });

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("second Hello");
    }

    [Fact]
    public async Task Stream_EndedBeforeHello_IsRefused()
    {
        using var student = new RawStudent(Host.Address);

        await student.LeaveAsync();

        (await student.HearFinalRefusalAsync()).Message.ShouldContain("before Hello");
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

    private async Task<Refusal> RefusedHelloAsync(Action<Hello> change)
    {
        var hello = RawStudent.Hello();
        change(hello);
        using var student = new RawStudent(Host.Address);

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
