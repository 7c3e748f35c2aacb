using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;
using static Stillhouse.Transport.Tests.Fakes.Students;

namespace Stillhouse.Transport.Tests.Channels;

/// <summary>What every way of carrying lessons must keep.</summary>
public abstract class LessonLineContract : IAsyncLifetime
{
    private IDisposable? _registration;

    private protected FakeTeacher Teacher { get; } = new();

    private protected abstract ServedTeachers Served { get; }

    private protected abstract ReplicaEndpoint Endpoint { get; }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
    public async Task Ask_ReturnsTheLessonsOwnTargets()
    {
        await using var line = await OpenAsync();

        var answer = await line.AskAsync(Lesson(4));

        using var targets = answer.Targets;
        line.Width.ShouldBe(FakeTeacher.LogitsPerSample);
        answer.Logits().ShouldBe([4f, 4.1f, 4.2f, 5f, 5.1f, 5.2f]);
        answer.Origin.ShouldBe(TargetOrigin.Computed);
        (targets.Lesson, targets.Width, targets.Codec.Name).ShouldBe((Lesson(4), FakeTeacher.LogitsPerSample, "fp32"));
        targets.ComputeTime.ShouldBe(TimeSpan.FromMicroseconds(12));
    }

    [Fact]
    public async Task Ask_OfEverySplitAndView_ArrivesAsAsked()
    {
        var heard = new List<Lesson>();
        Teacher.Asked = heard.Add;
        var shifted = new ShiftedView(2, long.MinValue, 7);
        Lesson[] lessons = [.. Enum.GetValues<Split>().Select(split => Lesson(0, 1, split)), Lesson(1) with { View = shifted }, Lesson(0) with { View = new LiveView(7, 5) }];
        await using var line = await OpenAsync();

        foreach (var lesson in lessons)
        {
            (await line.AskAsync(lesson)).Targets.Dispose();
        }

        heard.ShouldBe(lessons);
    }

    [Theory]
    [InlineData("fp16")]
    [InlineData("int8")]
    [InlineData("top-k:2@4")]
    [InlineData("sampled:8@1")]
    public async Task Ask_InAnyCodec_BringsItsRows(string name)
    {
        TargetCodecs.TryParse(name, out var codec).ShouldBeTrue();
        var expected = codec.Encode(FakeTeacher.Targets(Lesson(4)));
        await using var line = await OpenAsync(Agreement with { Codec = codec });

        using var targets = (await line.AskAsync(Lesson(4))).Targets;

        targets.Bytes.ToArray().ShouldBe(expected.Bytes.ToArray());
        targets.Codec.Name.ShouldBe(name);
    }

    [Fact]
    public async Task Ask_WithFeatures_BringsThemBehindTheLogits()
    {
        Teacher.Features = [new FeatureShape("conv1", [1, 3, 3]), new FeatureShape("fc1", [2])];
        Teacher.Answer = (lesson, _) => FakeTeacher.Targets(lesson, classes: FakeTeacher.LogitsPerSample + 2);
        await using var line = await OpenAsync(Agreement with { Codec = new Fp32Codec("fc1") });

        var answer = await line.AskAsync(Lesson(4));

        using var targets = answer.Targets;
        Teacher.Wanted.ShouldBe(["fc1"]);
        (line.Width, targets.Width, targets.Codec.Name).ShouldBe((5, 5, "fp32+fc1"));
        answer.Logits().ShouldBe([4f, 4.1f, 4.2f, 4.3f, 4.4f, 5f, 5.1f, 5.2f, 5.3f, 5.4f]);
    }

    [Fact]
    public async Task Ask_WithFeaturesAndWithout_IsNotAnsweredByTheOther()
    {
        Teacher.Features = [new FeatureShape("fc1", [2])];
        Teacher.Answer = (lesson, _) => FakeTeacher.Targets(lesson, classes: FakeTeacher.LogitsPerSample + (2 * Teacher.Wanted.Count));
        await using var plain = await OpenAsync();
        await using var with = await OpenAsync(Agreement with { Codec = new Fp32Codec("fc1") });

        (await plain.AskAsync(Lesson(0))).Targets.Dispose();
        var answer = await with.AskAsync(Lesson(0));

        (answer.Targets.Width, answer.Origin).ShouldBe((5, TargetOrigin.Computed));
        answer.Targets.Dispose();
    }

    [Fact]
    public async Task Ask_WhereFeaturesAreLeftOut_IsAWrongAnswer()
    {
        Teacher.Features = [new FeatureShape("fc1", [2])];
        await using var line = await OpenAsync(Agreement with { Codec = new Fp16Codec("fc1") });

        (await Should.ThrowAsync<WrongAnswerException>(line.AskAsync(Lesson(0)))).Message.ShouldContain("with 3 values per sample, not with 5");
    }

    [Fact]
    public async Task Ask_WhenAnswersOvertakeEachOther_GivesEachToItsLesson()
    {
        var first = new TaskCompletionSource();
        Teacher.Asked = lesson => Teacher.Gate = lesson.Samples.First == 0 ? first.Task : Task.CompletedTask;
        await using var line = await OpenAsync();

        var slow = line.AskAsync(Lesson(0));
        var fast = await line.AskAsync(Lesson(20));
        first.SetResult();
        var late = await slow;

        (late.Logits()[0], fast.Logits()[0]).ShouldBe((0f, 20f));
        late.Targets.Dispose();
        fast.Targets.Dispose();
    }

    [Fact]
    public async Task Ask_Again_IsAnsweredFromTheTeachersStore()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();

        using var computed = (await one.AskAsync(Lesson(0))).Targets;
        var kept = await two.AskAsync(Lesson(0));

        kept.Origin.ShouldBe(TargetOrigin.TeacherMemory);
        kept.Targets.Bytes.ToArray().ShouldBe(computed.Bytes.ToArray());
        kept.Targets.Dispose();
        Teacher.Given.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ask_OfTwoAtOnce_CausesOneForwardPass()
    {
        var gate = new TaskCompletionSource();
        var asked = 0;
        Teacher.Asked = _ => asked++;
        Teacher.Gate = gate.Task;
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        Task<TargetAnswer>[] asking = [one.AskAsync(Lesson(0)), two.AskAsync(Lesson(0))];
        await HeardAsync(one);
        await HeardAsync(two);

        gate.SetResult();
        var answers = await Task.WhenAll(asking);

        asked.ShouldBe(1);
        answers.Select(answer => answer.Origin).ShouldBe([TargetOrigin.Computed, TargetOrigin.TeacherJoined], ignoreOrder: true);
        Array.ForEach(answers, answer => answer.Targets.Dispose());
    }

    [Theory]
    [InlineData("fewer rows", "1 rows")]
    [InlineData("other classes", "2 values per sample")]
    [InlineData("NaN", "NaN")]
    [InlineData("infinity", "value 2 of row 1")]
    public async Task Ask_WhenTheNetworksAnswerIsNone_IsWrongNamingTeacherNodeAndLesson(string fault, string finding)
    {
        Teacher.Answer = (lesson, _) => fault switch
        {
            "fewer rows" => FakeTeacher.Targets(lesson, rows: 1),
            "other classes" => FakeTeacher.Targets(lesson, classes: 2),
            "NaN" => FakeTeacher.Targets(lesson, values: [1, 2, 3, float.NaN, 5, 6]),
            _ => FakeTeacher.Targets(lesson, values: [1, 2, 3, 4, 5, float.PositiveInfinity]),
        };
        await using var line = await OpenAsync();

        var wrong = await Should.ThrowAsync<WrongAnswerException>(() => line.AskAsync(Lesson(3)));

        wrong.Message.ShouldContain("teacher 'oak' on node node-1");
        wrong.Message.ShouldContain("lesson Train 3..4");
        wrong.Message.ShouldContain(finding);
        await Teacher.Given.Single().Disposed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Ask_WhenTheTeacherRefuses_FailsThatLessonAlone()
    {
        Teacher.Answer = (lesson, _) => lesson.Samples.First == 60_000
            ? throw new LessonRefusedException("sample 60000 is outside the split of 55000")
            : FakeTeacher.Targets(lesson);
        await using var line = await OpenAsync();

        var refused = await Should.ThrowAsync<LessonRefusedException>(() => line.AskAsync(Lesson(60_000)));
        (await line.AskAsync(Lesson(1))).Targets.Dispose();

        refused.Message.ShouldContain("sample 60000");
        refused.Message.ShouldContain("'oak'");
        line.Ended.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Ask_WhenANetworkThatLearnsHasStopped_SaysWhy_WhereverItIs()
    {
        Teacher.Answer = (lesson, _) => lesson.View is LiveView ? throw new LessonsEndedException("diverged at step 7") : FakeTeacher.Targets(lesson);
        await using var line = await OpenAsync();

        var ended = await Should.ThrowAsync<LessonsEndedException>(() => line.AskAsync(Lesson(0) with { View = new LiveView(7, 7) }));
        (await line.AskAsync(Lesson(1))).Targets.Dispose();

        ended.Message.ShouldBe("oak diverged at step 7");
        line.Ended.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Ask_WhenTheTeacherBreaks_SaysSoWithItsAddress()
    {
        Teacher.Answer = (_, _) => throw new InvalidOperationException("out of memory");
        await using var line = await OpenAsync();

        var lost = await Should.ThrowAsync<TeacherUnreachableException>(() => line.AskAsync(Lesson(0)));

        lost.Message.ShouldContain("out of memory");
        lost.Message.ShouldContain(Endpoint.Address.OriginalString);
    }

    [Fact]
    public async Task Ask_WhenTheTeacherIsWithdrawn_FailsThenAndLater()
    {
        Teacher.Gate = new TaskCompletionSource().Task;
        await using var line = await OpenAsync();
        var open = line.AskAsync(Lesson(0));
        var ended = new TaskCompletionSource();
        using var registration = line.Ended.Register(ended.SetResult);

        _registration!.Dispose();

        (await Should.ThrowAsync<TeacherUnreachableException>(() => open)).Message.ShouldContain("no longer served");
        await Should.ThrowAsync<TeacherUnreachableException>(() => line.AskAsync(Lesson(1)));
        await ended.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Ask_WhenCancelled_StopsWaitingAndLeavesTheLineOfUse()
    {
        var gate = new TaskCompletionSource();
        Teacher.Gate = gate.Task;
        await using var line = await OpenAsync();
        using var giveUp = new CancellationTokenSource();
        var abandoned = line.AskAsync(Lesson(0), ReadOnlyMemory<byte>.Empty, giveUp.Token);

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => abandoned);
        gate.SetResult();
        (await line.AskAsync(Lesson(1))).Targets.Dispose();
    }

    [Fact]
    public async Task Ask_WhenCancelledBefore_DoesNotReachTheTeacher()
    {
        var asked = 0;
        Teacher.Asked = _ => asked++;
        await using var line = await OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            () => line.AskAsync(Lesson(0), ReadOnlyMemory<byte>.Empty, cancelled.Token));
        (await line.AskAsync(Lesson(1))).Targets.Dispose();

        asked.ShouldBe(1);
    }

    [Fact]
    public async Task Dispose_WithALessonOpen_EndsItAndTheTeachersWork()
    {
        var heard = new TaskCompletionSource();
        Teacher.Asked = _ => heard.TrySetResult();
        Teacher.Gate = new TaskCompletionSource().Task;
        var line = await OpenAsync();
        var open = line.AskAsync(Lesson(0));
        await heard.Task.WaitAsync(Cancellation);

        await line.DisposeAsync();
        await line.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => open);
        await Should.ThrowAsync<ObjectDisposedException>(() => line.AskAsync(Lesson(1)));
        await Teacher.Abandoned.WaitAsync(Cancellation);
        line.Ended.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Open_WithAnotherDataset_IsRefused() =>
        (await Should.ThrowAsync<LessonRefusedException>(() => OpenAsync(Agreement with { Dataset = Digest.Of("others"u8) })))
            .Message.ShouldContain(FakeTeacher.Samples.ToString());

    [Fact]
    public async Task Open_InACodecThatIsNotSpoken_IsRefusedWithThoseThatAre() =>
        (await Should.ThrowAsync<LessonRefusedException>(() => OpenAsync(Agreement with { Codec = new ForeignCodec() })))
            .Message.ShouldContain("fp32[+MODULE,...], fp16[+MODULE,...], int8, top-k:K@T, sampled:N@T");

    [Fact]
    public async Task Open_WithAnArtifactThatIsNotServed_IsUnreachable()
    {
        var other = Digest.Of("other weights"u8);

        var lost = await Should.ThrowAsync<TeacherUnreachableException>(() => OpenAsync(Agreement with { Teacher = other }));

        lost.Message.ShouldContain(other.ToString());
        lost.Message.ShouldContain(Endpoint.Address.OriginalString);
    }

    [Fact]
    public async Task Ship_OfInputs_BringsThemToTheTeacher()
    {
        Teacher.Answer = (lesson, inputs) => Sum(lesson, inputs);
        await using var line = await OpenAsync(Agreement with { ShipsInputs = true });

        var answer = await line.AskAsync(Lesson(0), new byte[] { 1, 2, 3, 4 }, Cancellation);

        answer.Logits()[0].ShouldBe(10);
        answer.Targets.Dispose();
    }

    [Fact]
    public async Task Ship_OfOtherInputsUnderTheSameIds_IsNotAnsweredFromTheStore()
    {
        Teacher.Answer = (lesson, inputs) => Sum(lesson, inputs);
        await using var one = await OpenAsync(Agreement with { ShipsInputs = true });
        await using var two = await OpenAsync(Agreement with { ShipsInputs = true });

        var first = await one.AskAsync(Lesson(0), new byte[] { 1, 2, 3, 4 }, Cancellation);
        var others = await two.AskAsync(Lesson(0), new byte[] { 1, 2, 3, 5 }, Cancellation);
        var same = await two.AskAsync(Lesson(0), new byte[] { 1, 2, 3, 4 }, Cancellation);

        (first.Logits()[0], others.Logits()[0], same.Logits()[0]).ShouldBe((10, 11, 10));
        (first.Origin, others.Origin, same.Origin).ShouldBe(
            (TargetOrigin.Computed, TargetOrigin.Computed, TargetOrigin.TeacherMemory));
        Array.ForEach([first, others, same], answer => answer.Targets.Dispose());
    }

    [Theory]
    [InlineData(true, 3, 4)]
    [InlineData(false, 4, 0)]
    public async Task Ship_OfWhatWasNotAgreed_IsRefused(bool ships, int bytes, int agreed)
    {
        await using var line = await OpenAsync(Agreement with { ShipsInputs = ships });

        var refused = await Should.ThrowAsync<LessonRefusedException>(() => line.AskAsync(Lesson(0), new byte[bytes], Cancellation));

        refused.Message.ShouldContain($"{bytes} bytes of inputs");
        refused.Message.ShouldContain(agreed == 0 ? "not shipped" : $"have {agreed}");
    }

    private protected virtual Task<ILessonLine> OpenAsync(LineAgreement? agreement = null) =>
        Student(Served).OpenAsync(Endpoint, agreement ?? Agreement, Cancellation);

    /// <summary>Ends once the teaching side has all lessons that were asked on a line so far.</summary>
    private protected abstract Task HeardAsync(ILessonLine line);

    private static SoftTargets Sum(Lesson lesson, ReadOnlyMemory<byte> inputs) =>
        FakeTeacher.Targets(lesson, values: [.. Enumerable.Repeat((float)inputs.ToArray().Sum(value => value), 6)]);

    private sealed class ForeignCodec : TargetCodec
    {
        public override string Name => "zip";

        public override int RowBytes(int classes) => 1;

        public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int classes, Span<byte> rows) => rows.Clear();

        public override string? Flaw(ReadOnlySpan<byte> rows, int classes) => null;

        public override BatchTargets Open(BatchRows rows) => throw new NotSupportedException();
    }
}
