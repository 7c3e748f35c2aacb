using System.Threading.Channels;
using System.Threading.RateLimiting;
using Grpc.Core;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Teaching;

/// <summary>One session without a network: how it paces lessons, and what it holds and flushes.</summary>
public sealed class TeachingSessionTests : IAsyncDisposable
{
    private readonly FakeTeacher _teacher = new();
    private readonly Channel<StudentMessage> _said = Channel.CreateUnbounded<StudentMessage>();
    private readonly RecordingReply _reply = new();
    private readonly Turnstile _pace = new();
    private readonly ByteBudget _room = new(2 * FakeTeacher.BytesPerSample);
    private readonly Task _running;

    public TeachingSessionTests()
    {
        var teachers = Students.Served();
        teachers.Add(_teacher);
        var line = Admission.Admit(teachers, RawStudent.Hello());
        var agreed = new Welcome { Width = 3, InputSize = 2, CreditBytes = 1_000, FrameBytes = 16, MaxOpenLessons = 8, MaxRequestBytes = 1_024 };
        var session = new TeachingSession(line, agreed, _pace, _room, new Messages(_said.Reader), _reply);
        _running = session.RunAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _said.Writer.TryComplete();
        await _running;
        await _pace.DisposeAsync();
    }

    [Fact]
    public async Task Lessons_AreHeardOnlyAsFastAsThePaceAllows()
    {
        var asked = 0;
        _teacher.Asked = _ => asked++;
        Say(RawStudent.Lesson(0, first: 0), RawStudent.Lesson(1, first: 10));

        await _pace.LetOneThroughAsync();
        await _reply.WroteAsync(number: 0);
        asked.ShouldBe(1);
        await _pace.LetOneThroughAsync();
        await _reply.WroteAsync(number: 1);

        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Lessons_BeyondTheRoomForUnsentAnswers_AreComputedWhenThereIsSome()
    {
        var asked = new List<int>();
        var gate = new TaskCompletionSource();
        _teacher.Asked = lesson => asked.Add(lesson.Samples.First);
        _teacher.Gate = gate.Task;
        Say(RawStudent.Lesson(0, first: 0, count: 2), RawStudent.Lesson(1, first: 10, count: 2));
        await _pace.LetOneThroughAsync();
        await _pace.LetOneThroughAsync();

        gate.SetResult();
        await _reply.WroteAsync(number: 0);
        await _reply.WroteAsync(number: 1);

        asked.ShouldBe([0, 10]);
        _room.Peak.ShouldBe(2 * FakeTeacher.BytesPerSample);
    }

    [Fact]
    public async Task Chunks_AreFlushedTogetherWhereMoreFollows()
    {
        Say(RawStudent.Lesson(0, first: 0, count: 4));

        await _pace.LetOneThroughAsync();
        await _reply.WroteAsync(number: 0);

        _reply.Flushes.ShouldBe([true, false, false, true]);
    }

    [Fact]
    public async Task Student_ThatLeaves_GetsNothingMoreAndNothingIsHeld()
    {
        var gate = new TaskCompletionSource();
        _teacher.Gate = gate.Task;
        Say(RawStudent.Lesson(0));
        await _pace.LetOneThroughAsync();

        _said.Writer.Complete();
        await _running;

        _reply.Flushes.Count.ShouldBe(1);
        await _teacher.Abandoned.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Pace_HoldsTheLessonsOfOneSecond()
    {
        using var slow = LessonPace.Of(3);
        using var fast = LessonPace.Of(1_000);

        slow.GetStatistics()!.CurrentAvailablePermits.ShouldBe(3);
        fast.GetStatistics()!.CurrentAvailablePermits.ShouldBe(1_000);
    }

    private void Say(params StudentMessage[] messages) => Array.ForEach(messages, message => _said.Writer.TryWrite(message).ShouldBeTrue());

    private sealed class Messages(ChannelReader<StudentMessage> said) : IAsyncStreamReader<StudentMessage>
    {
        public StudentMessage Current { get; private set; } = new();

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await said.WaitToReadAsync(cancellationToken))
            {
                return false;
            }

            Current = await said.ReadAsync(cancellationToken);
            return true;
        }
    }

    /// <summary>Knows what was written, and what of it was flushed.</summary>
    private sealed class RecordingReply : IServerStreamWriter<TeacherFrame>
    {
        private readonly Channel<long> _finished = Channel.CreateUnbounded<long>();
        private readonly Dictionary<long, long> _left = [];

        public WriteOptions? WriteOptions { get; set; }

        public List<bool> Flushes { get; } = [];

        public Task WriteAsync(TeacherFrame message)
        {
            Flushes.Add(WriteOptions is null);
            if (message.Message.Answer is { } chunk)
            {
                var left = _left.GetValueOrDefault(chunk.Number, chunk.TotalBytes) - message.Payload.Length;
                _left[chunk.Number] = left;
                if (left == 0)
                {
                    _finished.Writer.TryWrite(chunk.Number);
                }
            }

            return Task.CompletedTask;
        }

        public async Task WroteAsync(long number) =>
            (await _finished.Reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe(number);
    }

    /// <summary>Lets lessons through one by one.</summary>
    private sealed class Turnstile : RateLimiter
    {
        private readonly Channel<TaskCompletionSource<RateLimitLease>> _waiting = Channel.CreateUnbounded<TaskCompletionSource<RateLimitLease>>();

        public override TimeSpan? IdleDuration => null;

        public async Task LetOneThroughAsync() =>
            (await _waiting.Reader.ReadAsync(TestContext.Current.CancellationToken)).SetResult(new Lease());

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new NotSupportedException();

        protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
        {
            var turn = new TaskCompletionSource<RateLimitLease>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Writer.TryWrite(turn);
            return await turn.Task.WaitAsync(cancellationToken);
        }

        private sealed class Lease : RateLimitLease
        {
            public override bool IsAcquired => true;

            public override IEnumerable<string> MetadataNames => [];

            public override bool TryGetMetadata(string metadataName, out object? metadata)
            {
                metadata = null;
                return false;
            }
        }
    }
}
