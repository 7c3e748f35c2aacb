using Google.Protobuf;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Tests.Fakes;
using static Stillhouse.Transport.Tests.Fakes.Students;

namespace Stillhouse.Transport.Tests.Channels;

/// <summary>A student and a teacher in another language that does what it should not.</summary>
public sealed class AnswerCheckTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Action<Answer>> WrongChunks = new()
    {
        ["2 samples from 6 on"] = chunk => chunk.First++,
        ["3 samples from 5 on"] = chunk => chunk.Count++,
        ["4 values"] = chunk => chunk.Width++,
        ["announced with 25 bytes"] = chunk => chunk.TotalBytes++,
        ["begins at byte 1, where byte 0"] = chunk => chunk.Offset = 1,
        ["begins at byte -1"] = chunk => chunk.Offset = -1,
        ["is empty"] = chunk => chunk.Payload = ByteString.Empty,
        ["28 bytes came where 24 were left"] = chunk => chunk.Payload = RawTeacher.Logits(7),
        ["NaN"] = chunk => chunk.Payload = ByteString.CopyFrom([.. new byte[20], 0, 0, 0xC0, 0x7F]),
        ["value 2 of row 1"] = chunk => chunk.Payload = ByteString.CopyFrom([.. new byte[20], 0, 0, 0x80, 0x7F]),
    };

    private readonly CountingPool _pool = new();
    private RawTeacher? _teacher;
    private ILessonLine? _line;

    public static TheoryData<string> Findings => new(WrongChunks.Keys);

    private RawTeacher Teacher => _teacher!;

    private ILessonLine Line => _line!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _teacher = await RawTeacher.StartAsync();
        var opening = Student(pool: _pool, configure: options => (options.CreditBytes, options.FrameBytes) = (1_000, 1_000))
            .OpenAsync(_teacher.Endpoint, Agreement, Cancellation);
        await _teacher.WelcomeAsync();
        _line = await opening;
    }

    /// <summary>Whatever came: no memory of it is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await _line!.DisposeAsync();
        await _teacher!.DisposeAsync();
        _pool.Lent.ShouldBe(0);
    }

    [Fact]
    public async Task Answer_ThatKeepsTheRules_IsTaken()
    {
        var asking = Line.AskAsync(Lesson(5));
        var lesson = await Teacher.HearLessonAsync();

        Teacher.Say(RawTeacher.Chunk(lesson));

        var answer = await asking;
        answer.Logits().ShouldBe(new float[6]);
        answer.Origin.ShouldBe(TargetOrigin.Computed);
        answer.Targets.Dispose();
    }

    [Theory]
    [MemberData(nameof(Findings))]
    public async Task Answer_ThatDoesNotFitTheLesson_IsWrongNamingTeacherNodeAndLesson(string finding)
    {
        var asking = Line.AskAsync(Lesson(5));
        var chunk = RawTeacher.Chunk(await Teacher.HearLessonAsync());
        WrongChunks[finding](chunk);

        Teacher.Say(chunk);

        var wrong = await Should.ThrowAsync<WrongAnswerException>(() => asking);
        wrong.Message.ShouldContain("teacher 'oak' on node node-1");
        wrong.Message.ShouldContain("lesson Train 5..6");
        wrong.Message.ShouldContain(finding);
    }

    [Fact]
    public async Task Chunks_OutOfOrder_AreWrong()
    {
        var asking = Line.AskAsync(Lesson(5));
        var lesson = await Teacher.HearLessonAsync();
        Teacher.Say(Part(RawTeacher.Chunk(lesson), 0, 8));

        Teacher.Say(Part(RawTeacher.Chunk(lesson), 16, 24));

        (await Should.ThrowAsync<WrongAnswerException>(() => asking)).Message.ShouldContain("begins at byte 16, where byte 8 was next");
    }

    [Fact]
    public async Task Chunks_ThatAlternateBetweenAnswers_AreTaken()
    {
        Task<TargetAnswer>[] asking = [Line.AskAsync(Lesson(5)), Line.AskAsync(Lesson(9))];
        Answer[] whole = [RawTeacher.Chunk(await Teacher.HearLessonAsync()), RawTeacher.Chunk(await Teacher.HearLessonAsync())];

        _pool.Lent.ShouldBe(0, "memory is taken when an answer begins, not when it is asked for");
        foreach (var (start, end) in ((int, int)[])[(0, 3), (3, 20), (20, 24)])
        {
            Array.ForEach(whole, answer => Teacher.Say(Part(answer, start, end)));
        }

        Array.ForEach(await Task.WhenAll(asking), answer => answer.Targets.Dispose());
    }

    [Fact]
    public async Task Answer_ToALessonThatIsNotOpen_EndsTheLine()
    {
        var asking = Line.AskAsync(Lesson(5));
        var chunk = RawTeacher.Chunk(await Teacher.HearLessonAsync());
        chunk.Number = 77;

        Teacher.Say(chunk);

        (await Should.ThrowAsync<WrongAnswerException>(() => asking)).Message.ShouldContain("lesson 77 was answered, which is not open");
        Line.Ended.IsCancellationRequested.ShouldBeTrue();
        await Should.ThrowAsync<WrongAnswerException>(() => Line.AskAsync(Lesson(6)));
    }

    [Fact]
    public async Task Answer_GivenTwice_EndsTheLine()
    {
        var asking = Line.AskAsync(Lesson(5));
        var chunk = RawTeacher.Chunk(await Teacher.HearLessonAsync());
        Teacher.Say(chunk);
        (await asking).Targets.Dispose();
        var next = Line.AskAsync(Lesson(6));

        Teacher.Say(chunk);

        (await Should.ThrowAsync<WrongAnswerException>(() => next)).Message.ShouldContain("lesson 0 was answered, which is not open");
    }

    [Fact]
    public async Task Refusal_OfALessonThatIsNotOpen_EndsTheLine()
    {
        var asking = Line.AskAsync(Lesson(5));
        await Teacher.HearLessonAsync();

        Teacher.Say(new TeacherMessage { Refusal = new Refusal { Number = 5 } });

        (await Should.ThrowAsync<WrongAnswerException>(() => asking)).Message.ShouldContain("lesson 5 was refused");
    }

    [Fact]
    public async Task Chunk_BeyondTheCredit_IsWrong()
    {
        Task<TargetAnswer>[] asking = [Line.AskAsync(Lesson(5)), Line.AskAsync(Lesson(100, count: 70))];
        Teacher.Say(Part(RawTeacher.Chunk(await Teacher.HearLessonAsync()), 0, 4));
        var answer = RawTeacher.Chunk(await Teacher.HearLessonAsync());
        answer.Payload = ByteString.CopyFrom(new byte[997]);

        Teacher.Say(answer);

        (await Should.ThrowAsync<WrongAnswerException>(() => asking[1])).Message.ShouldContain("997 bytes came in one chunk");
        await Should.ThrowAsync<WrongAnswerException>(() => asking[0]);
    }

    [Fact]
    public async Task Chunk_BeyondTheFrame_IsWrong()
    {
        var asking = Line.AskAsync(Lesson(0, count: 20_000));
        var chunk = RawTeacher.Chunk(await Teacher.HearLessonAsync());

        Teacher.Say(chunk);

        (await Should.ThrowAsync<WrongAnswerException>(() => asking)).Message.ShouldContain("size");
    }

    [Fact]
    public async Task Credit_IsGivenBackForWhatWasTaken()
    {
        var asking = Line.AskAsync(Lesson(0, count: 70));
        var whole = RawTeacher.Chunk(await Teacher.HearLessonAsync());

        Teacher.Say(Part(whole, 0, 249));
        Teacher.Say(Part(whole, 249, 260));
        var first = (await Teacher.HearAsync()).Credit;
        Teacher.Say(Part(whole, 260, 840));
        var second = (await Teacher.HearAsync()).Credit;

        (first.Bytes, second.Bytes).ShouldBe((260, 580));
        (await asking).Targets.Dispose();
    }

    [Fact]
    public async Task Cancel_InTheMiddleOfAnAnswer_FreesItsMemoryAndGivesTheRestsCreditBack()
    {
        using var giveUp = new CancellationTokenSource();
        var abandoned = Line.AskAsync(Lesson(0, count: 70), ReadOnlyMemory<byte>.Empty, giveUp.Token);
        var whole = RawTeacher.Chunk(await Teacher.HearLessonAsync());
        Teacher.Say(Part(whole, 0, 400));
        (await Teacher.HearAsync()).Credit.Bytes.ShouldBe(400);
        _pool.Lent.ShouldBe(1);

        await giveUp.CancelAsync();
        Teacher.Say(Part(whole, 400, 800));

        (await Teacher.HearAsync()).Credit.Bytes.ShouldBe(400);
        await Should.ThrowAsync<OperationCanceledException>(() => abandoned);
        _pool.Lent.ShouldBe(0);
        Teacher.Say(Part(whole, 800, 840));
        var next = Line.AskAsync(Lesson(5));
        Teacher.Say(RawTeacher.Chunk(await Teacher.HearLessonAsync()));
        (await next).Targets.Dispose();
    }

    [Fact]
    public async Task Garbage_InsteadOfAMessage_EndsTheLine()
    {
        var asking = Line.AskAsync(Lesson(5));
        await Teacher.HearLessonAsync();

        Teacher.Say([0xFF, 0xFF, 0xFF]);

        (await Should.ThrowAsync<WrongAnswerException>(() => asking)).Message.ShouldContain("no TeacherMessage");
    }

    [Fact]
    public async Task Message_OfALaterVersion_IsIgnored()
    {
        var asking = Line.AskAsync(Lesson(5));
        var lesson = await Teacher.HearLessonAsync();

        Teacher.Say([(15 << 3) | 2, 1, 0x42]);
        Teacher.Say(RawTeacher.Chunk(lesson));

        (await asking).Targets.Dispose();
    }

    [Fact]
    public async Task Stream_ThatTheTeacherEnds_IsUnreachable()
    {
        var asking = Line.AskAsync(Lesson(5));
        await Teacher.HearLessonAsync();

        Teacher.Leave();

        (await Should.ThrowAsync<TeacherUnreachableException>(() => asking)).Message.ShouldContain("ended the stream");
    }

    [Fact]
    public async Task Refusal_OfTheWholeStream_FailsEveryLesson()
    {
        Task<TargetAnswer>[] asking = [Line.AskAsync(Lesson(5)), Line.AskAsync(Lesson(6))];

        Teacher.Say(new TeacherMessage { Refusal = new Refusal { Reason = RefusalReason.Protocol, Message = "enough" } });

        foreach (var lesson in asking)
        {
            (await Should.ThrowAsync<LessonRefusedException>(() => lesson)).Message.ShouldContain("enough");
        }
    }

    private static Answer Part(Answer whole, int start, int end)
    {
        var payload = ByteString.CopyFrom(whole.Payload.Span[start..end]);
        if (start > 0)
        {
            return new Answer { Number = whole.Number, Offset = start, Payload = payload };
        }

        var first = whole.Clone();
        first.Payload = payload;
        return first;
    }
}
