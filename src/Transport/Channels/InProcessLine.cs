using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Channels;

/// <summary>A line to a teacher of this process: answers are handed over as they are in its store, tensors included.</summary>
internal sealed class InProcessLine : ILessonLine
{
    private readonly AdmittedLine _line;
    private readonly LineFaults _faults;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _over;
    private bool _disposed;

    private InProcessLine(AdmittedLine line, LineFaults faults)
    {
        (_line, _faults) = (line, faults);
        _over = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, line.Teacher.Withdrawn);
        Ended = _over.Token;
    }

    public int Width => _line.Width;

    public CancellationToken Ended { get; }

    public static InProcessLine Open(ServedTeachers teachers, Hello hello, LineFaults faults)
    {
        try
        {
            return new InProcessLine(Admission.Admit(teachers, hello), faults);
        }
        catch (RefusalException e)
        {
            throw faults.Refused(new Refusal { Reason = e.Reason, Message = e.Message });
        }
    }

    public async Task<TargetAnswer> AskAsync(Lesson lesson, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        ThrowIfEnded(null);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Ended);
        try
        {
            // Whoever joins the flight waits on when this asker has left, and its buffer may be used again.
            return await _line.AnswerAsync(lesson, inputs.ToArray(), either.Token).ConfigureAwait(false);
        }
        catch (LessonRefusedException e)
        {
            throw _faults.Refused(lesson, e.Message);
        }
        catch (LessonsEndedException e)
        {
            throw _faults.Ended(e.Message);
        }
        catch (WrongAnswerException e)
        {
            throw _faults.Wrong(lesson, e.Message);
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfEnded(e);
            throw _faults.Unreachable($"the teacher failed: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        _over.Dispose();
        _closing.Dispose();
    }

    private void ThrowIfEnded(Exception? cause)
    {
        if (_line.Teacher.Withdrawn.IsCancellationRequested)
        {
            throw _faults.Unreachable(LineFaults.Withdrawn, cause);
        }

        ObjectDisposedException.ThrowIf(Ended.IsCancellationRequested, this);
    }
}
