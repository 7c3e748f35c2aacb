using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Channels;

/// <summary>A line to a teacher of this process: answers are handed over as they are, tensors included.</summary>
internal sealed class InProcessLine : ILessonLine
{
    private readonly TeacherEndpoint _endpoint;
    private readonly ServedTeacher _served;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _over;

    private InProcessLine(TeacherEndpoint endpoint, ServedTeacher served, int credits)
    {
        (_endpoint, _served, Credits) = (endpoint, served, credits);
        _over = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, served.Withdrawn);
    }

    public int Classes => _served.Server.Classes;

    public int Credits { get; }

    public static InProcessLine Open(TeacherEndpoint endpoint, ServedTeachers teachers, Hello hello)
    {
        try
        {
            return new InProcessLine(endpoint, Admission.Admit(teachers, hello), hello.Credits);
        }
        catch (RefusalException e)
        {
            throw endpoint.Refused(e.Reason, e.Message);
        }
    }

    public async Task<SoftTargets> AskAsync(Lesson lesson)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        try
        {
            _over.Token.ThrowIfCancellationRequested();
            return await _served.Server.AnswerAsync(lesson, _over.Token).ConfigureAwait(false);
        }
        catch (LessonRefusedException e)
        {
            throw _endpoint.Refused(lesson.Number, e.Message);
        }
        catch (Exception e)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            throw _endpoint.Unreachable(
                _served.Withdrawn.IsCancellationRequested ? "the teacher is no longer served here" : $"the teacher failed: {e.Message}", e);
        }
    }

    public void GiveCredit()
    {
        // The channel's own credits are the only ones within a process.
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _over.Dispose();
    }
}
