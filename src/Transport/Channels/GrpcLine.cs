using System.Buffers;
using Grpc.Core;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Channels;

/// <summary>A line to a teacher of another process, by gRPC.</summary>
internal sealed class GrpcLine : ILessonLine
{
    /// <summary>What a request may have besides its inputs.</summary>
    private const int RequestEnvelopeBytes = 128;

    private readonly LessonStream _stream;
    private readonly Welcome _agreed;
    private readonly bool _shipsInputs;
    private readonly TargetCodec _codec;
    private readonly LineOptions _options;
    private readonly ArrayPool<byte> _pool;
    private readonly LineFaults _faults;
    private readonly OpenLessons _open;
    private readonly Intake _intake;
    private readonly Task _reading;
    private bool _disposed;

    private GrpcLine(
        LessonStream stream, Welcome agreed, Hello hello, TargetCodec codec, LineOptions options, ArrayPool<byte> pool, LineFaults faults)
    {
        (_stream, _agreed, _shipsInputs) = (stream, agreed, hello.ShipsInputs);
        (_codec, _options, _pool, _faults) = (codec, options, pool, faults);
        _open = new OpenLessons(agreed.MaxOpenLessons);
        _intake = new Intake(
            agreed, _open, faults, bytes => stream.Say(new StudentMessage { Credit = new Credit { Bytes = bytes } }));
        stream.Reader = _intake.Read;
        _reading = ReadAsync();
    }

    public int Width => _agreed.Width;

    public CancellationToken Ended => _open.Ended;

    /// <summary>Dials, says hello and waits for the welcome.</summary>
    public static async Task<GrpcLine> OpenAsync(
        Uri address, Hello hello, TargetCodec codec, LineOptions options, ArrayPool<byte> pool, LineFaults faults, CancellationToken cancellation)
    {
        var stream = new LessonStream(address, hello);
        try
        {
            var agreed = await Handshake.HearWelcomeAsync(stream, hello, faults, cancellation).ConfigureAwait(false);
            return new GrpcLine(stream, agreed, hello, codec, options, pool, faults);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<TargetAnswer> AskAsync(Lesson lesson, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        var length = RequireAskable(lesson, inputs.Length);
        var request = lesson.ToRequest(inputs);
        var open = await _open.AddAsync(number => new IncomingAnswer(number, lesson, _codec, Width, length, _pool), cancellation)
            .ConfigureAwait(false);
        request.Number = open.Number;
        _stream.Say(new StudentMessage { Lesson = request });
        using var registration = cancellation.UnsafeRegister(
            static (open, token) => ((IncomingAnswer)open!).Cancel(token), open);
        var answer = await open.Whole.ConfigureAwait(false);
        if (_codec.Flaw(answer.Targets.Bytes, Width) is not { } flaw)
        {
            return answer;
        }

        answer.Targets.Dispose();
        throw _faults.Wrong(lesson, flaw);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        _open.End(static () => new ObjectDisposedException(nameof(ILessonLine)));
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _open.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _stream.HearAsync(CancellationToken.None).ConfigureAwait(false) is { } message)
            {
                if (_intake.Fault is { } fault)
                {
                    throw fault;
                }

                Hear(message);
            }

            _open.End(() => _faults.Unreachable("the teacher ended the stream"));
        }
        catch (Exception e)
        {
            _open.End(() => Cause(e));
        }

        _open.Free();
    }

    private void Hear(TeacherMessage message)
    {
        if (message.Refusal is not { } refusal)
        {
            return;
        }

        if (!refusal.HasNumber)
        {
            _open.End(() => _faults.Refused(refusal));
        }
        else if (_open.Find(refusal.Number) is { } lesson)
        {
            _open.Close(lesson);
            lesson.Free();
            lesson.Fail(_faults.Refused(lesson.Lesson, refusal));
        }
        else
        {
            throw _faults.Wrong($"lesson {refusal.Number} was refused, which is not open");
        }
    }

    /// <summary>Every open lesson gets an exception of its own.</summary>
    private Exception Cause(Exception broken) => broken switch
    {
        WrongAnswerException wrong => new WrongAnswerException(wrong.Message),
        RpcException { StatusCode: StatusCode.ResourceExhausted } tooLong => _faults.Wrong(tooLong.Status.Detail),
        RpcException lost => _faults.Unreachable(lost.Status.Detail, lost),
        _ => _faults.Unreachable(broken.Message, broken),
    };

    /// <summary>Bytes that the answer must have, if both sides' limits allow the lesson.</summary>
    private int RequireAskable(Lesson lesson, int inputBytes)
    {
        var answerBytes = (long)lesson.Samples.Count * _codec.RowBytes(Width);
        if (ShippedInputs.Flaw(lesson, _shipsInputs, _agreed.InputSize, inputBytes) is { } flaw)
        {
            throw _faults.Unaskable(lesson, flaw);
        }

        if (inputBytes > _agreed.MaxRequestBytes - RequestEnvelopeBytes)
        {
            throw _faults.Unaskable(
                lesson,
                $"it has {inputBytes} bytes of inputs, and the teacher takes messages of {_agreed.MaxRequestBytes}; choose a smaller "
                + "schedule.block");
        }

        if (answerBytes > _options.MaximumAnswerBytes)
        {
            throw _faults.Unaskable(
                lesson,
                $"its answer has {answerBytes} bytes, more than {_options.MaximumAnswerBytes}; choose a smaller schedule.block");
        }

        return (int)answerBytes;
    }
}
