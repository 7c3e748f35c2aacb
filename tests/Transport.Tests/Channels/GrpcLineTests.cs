using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;
using static Stillhouse.Transport.Tests.Fakes.Students;

namespace Stillhouse.Transport.Tests.Channels;

public sealed class GrpcLineTests : LessonLineContract
{
    private TeacherHost? _host;

    private protected override ServedTeachers Served => _host!.Teachers;

    private protected override ReplicaEndpoint Endpoint => _host!.Endpoint;

    public override async ValueTask InitializeAsync()
    {
        _host = await TeacherHost.StartAsync(configure: options => options.MaximumRequestBytes = 1_024);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _host!.DisposeAsync();
    }

    [Fact]
    public async Task Ask_BringsTheSameBitsAsWithinTheProcess()
    {
        float[] values = [0f, -0f, float.Epsilon, float.MinValue, MathF.PI, 1f / 3];
        Teacher.Answer = (lesson, _) => FakeTeacher.Targets(lesson, values: values);
        await using var far = await OpenAsync();
        await using var near = await Student(Served).OpenAsync(
            Endpoint with { Address = new Uri("inproc://here") }, Agreement, Cancellation);

        using var streamed = (await far.AskAsync(Lesson(0))).Targets;
        using var handedOver = (await near.AskAsync(Lesson(0))).Targets;

        streamed.Bytes.ToArray().ShouldBe(handedOver.Bytes.ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1_000)]
    [InlineData(1_000, 7)]
    [InlineData(1_201, 1_201)]
    public async Task Ask_ForAnAnswerLargerThanTheWholeCredit_BringsAllOfIt(long credit, int frame)
    {
        await using var line = await OpenAsync(options => (options.CreditBytes, options.FrameBytes) = (credit, frame));

        var answer = await line.AskAsync(Lesson(0, count: 101));

        answer.Logits().ShouldBe(FakeTeacher.Targets(Lesson(0, count: 101)).Logits.Values.ToArray());
        answer.Targets.Dispose();
    }

    [Fact]
    public async Task Ask_ForManyMoreThanMayBeOpen_AnswersThemAll()
    {
        await using var host = await TeacherHost.StartAsync(configure: options => options.MaximumOpenLessons = 3);
        host.Teachers.Add(Teacher);
        await using var line = await Student().OpenAsync(host.Endpoint, Agreement, Cancellation);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(first => line.AskAsync(Lesson(first))));

        answers.Select(answer => answer.Logits()[0]).ShouldBe(Enumerable.Range(0, 50).Select(first => (float)first));
        Array.ForEach(answers, answer => answer.Targets.Dispose());
    }

    [Fact]
    public async Task Ask_WaitingForOthersToClose_FailsWhenTheLineEnds()
    {
        await using var host = await TeacherHost.StartAsync(configure: options => options.MaximumOpenLessons = 1);
        Teacher.Gate = new TaskCompletionSource().Task;
        host.Teachers.Add(Teacher);
        var line = await Student().OpenAsync(host.Endpoint, Agreement, Cancellation);
        var open = line.AskAsync(Lesson(0));
        var waiting = line.AskAsync(Lesson(1));

        await line.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => open);
        await Should.ThrowAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public async Task Ask_WhenTheNodeDies_IsUnreachableAndEndsTheLine()
    {
        var heard = new TaskCompletionSource();
        Teacher.Asked = _ => heard.TrySetResult();
        Teacher.Gate = new TaskCompletionSource().Task;
        await using var line = await OpenAsync();
        var ended = new TaskCompletionSource();
        using var registration = line.Ended.Register(ended.SetResult);
        var open = line.AskAsync(Lesson(0));
        await heard.Task.WaitAsync(Cancellation);

        await _host!.KillAsync();

        (await Should.ThrowAsync<TeacherUnreachableException>(() => open)).Message.ShouldContain(Endpoint.Address.OriginalString);
        await ended.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Open_WhereNobodyListens_IsUnreachableWithNameNodeAndAddress()
    {
        var endpoint = Endpoint;
        await _host!.KillAsync();

        var lost = await Should.ThrowAsync<TeacherUnreachableException>(() => Student().OpenAsync(endpoint, Agreement, Cancellation));

        lost.Message.ShouldContain("'oak' on node node-1");
        lost.Message.ShouldContain(endpoint.Address.OriginalString);
    }

    [Fact]
    public async Task Open_WhereNobodyAnswers_EndsWithTheDeadline()
    {
        using var silent = Silence();
        var time = new FakeTimeProvider();
        var opening = Student(time: time).OpenAsync(At(silent), Agreement, Cancellation);

        time.Advance(new LineOptions().OpenTimeout);

        (await Should.ThrowAsync<TeacherUnreachableException>(() => opening)).Message.ShouldContain("00:00:10");
    }

    [Fact]
    public async Task Open_WhenCancelled_IsCancelled()
    {
        using var silent = Silence();
        using var giveUp = new CancellationTokenSource();
        var opening = Student().OpenAsync(At(silent), Agreement, giveUp.Token);

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task Open_WithAnUnknownScheme_IsAnError() =>
        (await Should.ThrowAsync<ArgumentException>(() => Student().OpenAsync(
            Endpoint with { Address = new Uri("ftp://host") }, Agreement, Cancellation))).Message.ShouldContain("'ftp'");

    [Fact]
    public async Task Ask_ForAnAnswerBeyondTheStudentsLimit_IsRefusedWithLimitAndRemedy()
    {
        await using var line = await OpenAsync(options => options.MaximumAnswerBytes = 1_024);

        var refused = await Should.ThrowAsync<LessonRefusedException>(() => line.AskAsync(Lesson(0, count: 86)));

        refused.Message.ShouldContain("1032 bytes, more than 1024");
        refused.Message.ShouldContain("smaller schedule.block");
    }

    [Fact]
    public async Task Ask_ForAnAnswerBeyondTheTeachersLimit_IsRefusedWithLimitAndRemedy()
    {
        await using var host = await TeacherHost.StartAsync(configure: options => options.MaximumAnswerBytes = 1_024);
        host.Teachers.Add(Teacher);
        await using var line = await Student().OpenAsync(host.Endpoint, Agreement, Cancellation);

        var refused = await Should.ThrowAsync<LessonRefusedException>(() => line.AskAsync(Lesson(0, count: 86)));

        refused.Message.ShouldContain("1032 bytes, more than 1024");
        refused.Message.ShouldContain("smaller schedule.block");
    }

    [Fact]
    public async Task Ship_OfMoreInputsThanTheTeacherTakes_IsRefusedWithLimitAndRemedy()
    {
        await using var line = await OpenAsync(Agreement with { ShipsInputs = true });

        var refused = await Should.ThrowAsync<LessonRefusedException>(
            () => line.AskAsync(Lesson(0, count: 512), new byte[1_024], Cancellation));
        (await line.AskAsync(Lesson(0, count: 448), new byte[896], Cancellation)).Targets.Dispose();

        refused.Message.ShouldContain("messages of 1024");
        refused.Message.ShouldContain("smaller schedule.block");
    }

    [Fact]
    public async Task Ask_OfManyWithSomeCancelled_KeepsNoMemoryAndLosesNoCredit()
    {
        const int lessons = 200;
        var pool = new CountingPool();
        await using (var line = await Student(pool: pool, configure: options => (options.CreditBytes, options.FrameBytes) = (100, 30))
            .OpenAsync(Endpoint, Agreement, Cancellation))
        {
            using var giveUp = new CancellationTokenSource();
            var asking = Enumerable.Range(0, lessons)
                .Select(first => line.AskAsync(Lesson(first, count: 20), default, first % 3 == 0 ? giveUp.Token : Cancellation))
                .ToArray();
            (await asking[1]).Targets.Dispose();
            await giveUp.CancelAsync();
            foreach (var (first, asked) in asking.Index().Skip(2))
            {
                await ((Task)asked).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                (asked.IsCompletedSuccessfully || first % 3 == 0).ShouldBeTrue();
            }

            Array.ForEach([.. asking.Where(asked => asked.IsCompletedSuccessfully)], asked => asked.Result.Targets.Dispose());
            (await line.AskAsync(Lesson(0, count: 100))).Targets.Dispose();
        }

        pool.Lent.ShouldBe(0);
    }

    private protected override async Task HeardAsync(ILessonLine line) =>
        await Should.ThrowAsync<LessonRefusedException>(() => line.AskAsync(Lesson(first: -1)));

    private Task<ILessonLine> OpenAsync(Action<LineOptions> configure) =>
        Student(configure: configure).OpenAsync(Endpoint, Agreement, Cancellation);

    private static TcpListener Silence()
    {
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        return silent;
    }

    private ReplicaEndpoint At(TcpListener listener) => Endpoint with { Address = new Uri($"http://{listener.LocalEndpoint}") };
}
