using System.Buffers;
using Google.Protobuf;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Channels;

/// <summary>
/// Takes what a teacher sends off the connection: payloads go straight into the memory of their answers. Not thread-safe:
/// the line's reader's.
/// </summary>
/// <param name="agreed">The teacher's limits, which it must keep as well.</param>
/// <param name="giveCredit">Tells the teacher that so many bytes are off the connection.</param>
internal sealed class Intake(Welcome agreed, OpenLessons open, LineFaults faults, Action<long> giveCredit)
{
    /// <summary>The share of its credit after whose use a teacher gets it back: so it always has most of it, at few messages.</summary>
    private const int CreditShare = 4;

    private readonly long _creditStep = Math.Max(1, agreed.CreditBytes / CreditShare);
    private long _uncredited;

    /// <summary>Set as soon as the teacher has broken a rule: then nothing else that it sends counts.</summary>
    public WrongAnswerException? Fault { get; private set; }

    /// <summary>Never throws: gRPC would take that for a fault of its own.</summary>
    /// <returns>The message without the payload, which has been taken.</returns>
    public TeacherMessage Read(in ReadOnlySequence<byte> bytes)
    {
        try
        {
            var message = TeacherFrameFormat.Read(bytes, out var payload);
            if (message.Answer is { } chunk && Fault is null)
            {
                Fault = Take(chunk, payload);
            }

            return message;
        }
        catch (InvalidProtocolBufferException e)
        {
            Fault ??= faults.Wrong($"what came is no TeacherMessage: {e.Message}");
            return new TeacherMessage();
        }
    }

    private WrongAnswerException? Take(Answer chunk, in ReadOnlySequence<byte> payload)
    {
        if (payload.Length > agreed.FrameBytes || payload.Length > agreed.CreditBytes - _uncredited)
        {
            return faults.Wrong(
                $"{payload.Length} bytes came in one chunk; {agreed.FrameBytes} were agreed, and there was credit for "
                + $"{agreed.CreditBytes - _uncredited}");
        }

        if (open.Find(chunk.Number) is not { } lesson)
        {
            return faults.Wrong($"lesson {chunk.Number} was answered, which is not open");
        }

        if (lesson.Take(chunk, payload) is { } flaw)
        {
            return faults.Wrong(lesson.Lesson, flaw);
        }

        if (lesson.IsFilled)
        {
            open.Close(lesson);
        }

        Credit(payload.Length);
        return null;
    }

    private void Credit(long bytes)
    {
        _uncredited += bytes;
        if (_uncredited >= _creditStep)
        {
            giveCredit(_uncredited);
            _uncredited = 0;
        }
    }
}
