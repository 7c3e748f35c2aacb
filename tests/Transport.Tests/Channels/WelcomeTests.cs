using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Tests.Fakes;
using static Stillhouse.Transport.Tests.Fakes.Students;

namespace Stillhouse.Transport.Tests.Channels;

/// <summary>What a teacher in another language may say to a Hello.</summary>
public sealed class WelcomeTests : IAsyncLifetime
{
    private RawTeacher? _teacher;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _teacher = await RawTeacher.StartAsync();

    public ValueTask DisposeAsync() => _teacher!.DisposeAsync();

    [Fact]
    public async Task Hello_SaysWhatIsToBeAgreed()
    {
        var opening = OpenAsync(Agreement with { ShipsInputs = true });

        var hello = await _teacher!.WelcomeAsync();

        await (await opening).DisposeAsync();
        hello.ShouldBe(new Hello
        {
            Protocol = 2,
            Teacher = FakeTeacher.Weights.ToString(),
            Dataset = FakeTeacher.Samples.ToString(),
            Codec = "fp32",
            CreditBytes = 1 << 20,
            FrameBytes = 128 << 10,
            ShipsInputs = true,
        });
    }

    [Theory]
    [InlineData(nameof(Welcome.Width), 0)]
    [InlineData(nameof(Welcome.InputSize), 0)]
    [InlineData(nameof(Welcome.MaxOpenLessons), 0)]
    [InlineData(nameof(Welcome.MaxRequestBytes), 0)]
    [InlineData(nameof(Welcome.CreditBytes), 0L)]
    [InlineData(nameof(Welcome.CreditBytes), (1L << 20) + 1)]
    [InlineData(nameof(Welcome.FrameBytes), 0)]
    [InlineData(nameof(Welcome.FrameBytes), (128 << 10) + 1)]
    public async Task Welcome_OutOfBounds_IsNotTaken(string field, object value)
    {
        var welcome = RawTeacher.Welcome.Clone();
        typeof(Welcome).GetProperty(field)!.SetValue(welcome, value);
        var opening = OpenAsync();

        await _teacher!.WelcomeAsync(welcome);

        (await Should.ThrowAsync<LessonRefusedException>(() => opening)).Message.ShouldContain("instead of a valid Welcome");
    }

    [Theory]
    [InlineData(nameof(RefusalReason.UnknownTeacher))]
    [InlineData(nameof(RefusalReason.Busy))]
    public async Task Refusal_ThatMayPass_IsUnreachable(string reason) =>
        (await Should.ThrowAsync<TeacherUnreachableException>(() => RefusedAsync(reason))).Message.ShouldContain("not now");

    [Theory]
    [InlineData(nameof(RefusalReason.Unspecified))]
    [InlineData(nameof(RefusalReason.Protocol))]
    [InlineData(nameof(RefusalReason.Version))]
    [InlineData(nameof(RefusalReason.WrongDataset))]
    [InlineData(nameof(RefusalReason.Codec))]
    public async Task Refusal_ThatIsFinal_IsRefused(string reason) =>
        (await Should.ThrowAsync<LessonRefusedException>(() => RefusedAsync(reason))).Message.ShouldContain("not now");

    [Fact]
    public async Task Silence_ThenTheEnd_IsUnreachable()
    {
        var opening = OpenAsync();
        await _teacher!.HearAsync();

        _teacher.Leave();

        (await Should.ThrowAsync<TeacherUnreachableException>(() => opening)).Message.ShouldContain("without a welcome");
    }

    private Task<ILessonLine> OpenAsync(LineAgreement? agreement = null) =>
        Student().OpenAsync(_teacher!.Endpoint, agreement ?? Agreement, Cancellation);

    private Task<ILessonLine> RefusedAsync(string reason)
    {
        _teacher!.Say(new TeacherMessage { Refusal = new Refusal { Reason = Enum.Parse<RefusalReason>(reason), Message = "not now" } });
        return OpenAsync();
    }
}
