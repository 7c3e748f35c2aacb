using System.Threading.Channels;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Replicas;

/// <summary>A replica that does what the test says, when the test says it.</summary>
internal sealed class FakeReplica(CountedMemory memory, string node, string scheme = "http")
{
    private readonly Channel<AskedLesson> _asked = Channel.CreateUnbounded<AskedLesson>();
    private readonly Channel<FakeLine> _opened = Channel.CreateUnbounded<FakeLine>();

    public ReplicaEndpoint Endpoint { get; } = new(node, new Uri($"{scheme}://{node}"));

    public CountedMemory Memory => memory;

    public int Width { get; init; } = 10;

    /// <summary>Thrown at whoever opens a line; null to welcome.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Who opens a line waits for this.</summary>
    public Task Welcome { get; set; } = Task.CompletedTask;

    public int Dials { get; private set; }

    /// <summary>Lines that were opened and not closed.</summary>
    public int OpenLines { get; private set; }

    /// <summary>Answers at once instead of leaving it to the test.</summary>
    public Func<AskedLesson, bool>? Diligence { get; set; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<ILessonLine> OpenAsync(LineAgreement agreement, CancellationToken cancellation)
    {
        Dials++;
        await Welcome.WaitAsync(cancellation);
        if (Refusal is not null)
        {
            throw Refusal;
        }

        var line = new FakeLine(this, agreement);
        OpenLines++;
        _opened.Writer.TryWrite(line);
        return line;
    }

    /// <summary>The next lesson that it is asked.</summary>
    public Task<AskedLesson> AskedAsync() => _asked.Reader.ReadAsync(Cancellation).OrFail();

    /// <summary>The next line that is opened to it.</summary>
    public Task<FakeLine> OpenedAsync() => _opened.Reader.ReadAsync(Cancellation).OrFail();

    /// <summary>Whether it was asked something that the test has not looked at.</summary>
    public bool HasBeenAsked => _asked.Reader.TryPeek(out _);

    /// <summary>One line to it.</summary>
    internal sealed class FakeLine(FakeReplica replica, LineAgreement agreement) : ILessonLine
    {
        private readonly CancellationTokenSource _ended = new();

        public LineAgreement Agreement => agreement;

        public int Width => replica.Width;

        public CancellationToken Ended => _ended.Token;

        public Task<TargetAnswer> AskAsync(Lesson lesson, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
        {
            var asked = new AskedLesson(replica.Memory, replica, lesson, inputs, cancellation);
            var cause = new TeacherUnreachableException($"the line to {replica.Endpoint.Address.OriginalString} ended");
            Ended.Register(() => asked.Fail(cause));
            if (replica.Diligence?.Invoke(asked) is not true)
            {
                replica._asked.Writer.TryWrite(asked);
            }

            return asked.Answered;
        }

        public void Break() => _ended.Cancel();

        public ValueTask DisposeAsync()
        {
            replica.OpenLines--;
            _ended.Cancel();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A lesson that a replica was asked and has not answered.</summary>
internal sealed class AskedLesson
{
    // Whoever waits goes on at once, on the thread of the test: what an answer brings about has happened when it was given.
    private readonly TaskCompletionSource<TargetAnswer> _answer = new();
    private readonly CountedMemory _memory;
    private readonly FakeReplica _replica;

    public AskedLesson(
        CountedMemory memory, FakeReplica replica, Lesson lesson, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        (_memory, _replica, Lesson, Inputs) = (memory, replica, lesson, inputs);
        cancellation.Register(() =>
        {
            if (!IgnoresCancellation)
            {
                _answer.TrySetCanceled(cancellation);
            }

            Cancelled.TrySetResult();
        });
    }

    public Lesson Lesson { get; }

    public ReadOnlyMemory<byte> Inputs { get; }

    public Task<TargetAnswer> Answered => _answer.Task;

    /// <summary>Ends when the asker has lost interest.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its answer is on its way already, and comes all the same.</summary>
    public bool IgnoresCancellation { get; set; }

    public void Answer(TargetOrigin origin = TargetOrigin.Computed, TimeSpan computeTime = default)
    {
        var targets = _memory.Targets(Lesson, _replica.Width, computeTime: computeTime);
        if (!_answer.TrySetResult(new TargetAnswer(targets, origin)))
        {
            targets.Dispose();
        }
    }

    public void Fail(Exception cause) => _answer.TrySetException(cause);
}
