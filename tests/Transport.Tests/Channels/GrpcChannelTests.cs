using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Time.Testing;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;
using static Stillhouse.Transport.Tests.Fakes.Students;

namespace Stillhouse.Transport.Tests.Channels;

public sealed class GrpcChannelTests : TeacherChannelContract
{
    private TeacherHost? _host;

    private protected override ServedTeachers Served => _host!.Teachers;

    private protected override TeacherEndpoint Endpoint => _host!.Endpoint;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        _host = await TeacherHost.StartAsync();
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
        Teacher.Answer = lesson => FakeTeacher.Targets(lesson, values: values);
        await using var far = await OpenAsync(credits: 1);
        await using var near = await Student(Served).OpenAsync(
            Endpoint with { Address = new Uri("inproc://here") }, FakeTeacher.Samples, 1, Cancellation);

        using var streamed = await far.AskAsync(Lesson(0), Cancellation);
        using var handedOver = await near.AskAsync(Lesson(0), Cancellation);

        Bits(streamed).ShouldBe(Bits(handedOver));
    }

    [Fact]
    public async Task Ask_WithABigAnswer_BringsAllOfIt()
    {
        var ids = Enumerable.Range(0, 100_000).ToArray();
        await using var channel = await OpenAsync(credits: 1);

        using var answer = await channel.AskAsync(Lesson(0, ids), Cancellation);

        answer.Logits.Values.Length.ShouldBe(ids.Length * FakeTeacher.LogitsPerSample);
        answer.Logits.Values[^1].ShouldBe(99_999.2f);
    }

    [Fact]
    public async Task Dispose_OfEveryAnswer_ReturnsEveryBufferOnce()
    {
        var pool = new CountingPool();
        await using (var channel = await Student(pool: pool).OpenAsync(Endpoint, FakeTeacher.Samples, 2, Cancellation))
        {
            foreach (var number in Enumerable.Range(0, 10))
            {
                var answer = await channel.AskAsync(Lesson(number), Cancellation);
                answer.Dispose();
                answer.Dispose();
                Should.Throw<ObjectDisposedException>(() => answer.Logits.Values.Length);
            }

            Teacher.Answer = lesson => FakeTeacher.Targets(lesson, values: [1, 2, 3, 4, 5, float.NaN]);
            await Should.ThrowAsync<LessonRefusedException>(() => channel.AskAsync(Lesson(10), Cancellation));
        }

        (pool.Rented, pool.Lent).ShouldBe((11, 0));
    }

    [Fact]
    public async Task Ask_WhenTheNodeDies_IsUnreachable()
    {
        var heard = new TaskCompletionSource();
        Teacher.Asked = _ => heard.TrySetResult();
        Teacher.Gate = new TaskCompletionSource().Task;
        await using var channel = await OpenAsync(credits: 1);
        var open = channel.AskAsync(Lesson(0), Cancellation);
        await heard.Task.WaitAsync(Cancellation);

        await _host!.KillAsync();

        (await Should.ThrowAsync<TeacherUnreachableException>(() => open)).Message.ShouldContain(Endpoint.Address.OriginalString);
    }

    [Fact]
    public async Task Open_WhereNobodyListens_IsUnreachableWithNameAndAddress()
    {
        var endpoint = Endpoint;
        await _host!.KillAsync();

        var lost = await Should.ThrowAsync<TeacherUnreachableException>(
            () => Student().OpenAsync(endpoint, FakeTeacher.Samples, 1, Cancellation));

        lost.Message.ShouldContain("'oak'");
        lost.Message.ShouldContain(endpoint.Address.OriginalString);
    }

    [Fact]
    public async Task Open_WhereNobodyAnswers_EndsWithTheDeadline()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var endpoint = Endpoint with { Address = new Uri($"http://{silent.LocalEndpoint}") };
        var time = new FakeTimeProvider();
        var opening = Student(time: time).OpenAsync(endpoint, FakeTeacher.Samples, 1, Cancellation);

        time.Advance(new TeacherChannelOptions().OpenTimeout);

        (await Should.ThrowAsync<TeacherUnreachableException>(() => opening)).Message.ShouldContain("00:00:10");
    }

    [Fact]
    public async Task Open_WhenCancelled_IsCancelled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var giveUp = new CancellationTokenSource();
        var opening = Student().OpenAsync(
            Endpoint with { Address = new Uri($"http://{silent.LocalEndpoint}") }, FakeTeacher.Samples, 1, giveUp.Token);

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task Open_WithAnUnknownScheme_IsAnError() =>
        (await Should.ThrowAsync<ArgumentException>(() => Student().OpenAsync(
            Endpoint with { Address = new Uri("ftp://host") }, FakeTeacher.Samples, 1, Cancellation))).Message.ShouldContain("'ftp'");

    [Fact]
    public async Task Ask_ForAnAnswerBeyondTheSizeLimit_IsUnreachableWithTheReason()
    {
        await using var channel = await Student(configure: options => options.MaximumAnswerBytes = 1_024)
            .OpenAsync(Endpoint, FakeTeacher.Samples, 1, Cancellation);

        var lost = await Should.ThrowAsync<TeacherUnreachableException>(
            () => channel.AskAsync(Lesson(0, [.. Enumerable.Range(0, 1_000)]), Cancellation));

        lost.Message.ShouldContain("size");
    }

    private static int[] Bits(SoftTargets answer) => MemoryMarshal.Cast<float, int>(answer.Logits.Values).ToArray();
}
