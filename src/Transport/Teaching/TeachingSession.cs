using System.Threading.Channels;
using Grpc.Core;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>
/// One admitted student. It listens and speaks at the same time: lessons are handed to the teacher as they come, answers
/// wait for a credit and then leave through one outbox, which holds at most one frame per open lesson.
/// </summary>
/// <param name="limit">Lessons that may be open at once, and credits that the student begins with.</param>
internal sealed class TeachingSession(
    ILessonServer teacher, int limit, IAsyncStreamReader<StudentMessage> student, IServerStreamWriter<TeacherFrame> reply)
    : IDisposable
{
    private readonly Allowance _allowance = new(limit);
    private readonly Channel<TeacherFrame> _outbox =
        Channel.CreateUnbounded<TeacherFrame>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Returns when the student has left; throws whatever else ended the session.</summary>
    /// <exception cref="RefusalException">The student broke a rule. What it was owed has been sent.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var welcome = new Welcome { Classes = teacher.Classes, MaxOpenLessons = limit };
        _outbox.Writer.TryWrite(new TeacherFrame(new TeacherMessage { Welcome = welcome }));
        var listening = ListenAsync(ending.Token);
        try
        {
            await SpeakAsync(ending.Token).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await listening.ConfigureAwait(false);
            while (_outbox.Reader.TryRead(out var unsent))
            {
                unsent.Dispose();
            }
        }
    }

    public void Dispose() => _allowance.Dispose();

    /// <summary>Hears the student out. Whatever ends that, ends the outbox, and with it the session.</summary>
    private async Task ListenAsync(CancellationToken cancellation)
    {
        try
        {
            while (await student.MoveNext(cancellation).ConfigureAwait(false))
            {
                Hear(student.Current, cancellation);
            }

            _outbox.Writer.TryComplete();
        }
        catch (Exception e)
        {
            _outbox.Writer.TryComplete(e);
        }
    }

    private void Hear(StudentMessage message, CancellationToken cancellation)
    {
        switch (message.MessageCase)
        {
            case StudentMessage.MessageOneofCase.Lesson:
                _allowance.Open(message.Lesson.Number);
                _ = AnswerAsync(message.Lesson, cancellation);
                break;
            case StudentMessage.MessageOneofCase.Credit:
                _allowance.GiveCredit(message.Credit.Answers);
                break;
            case StudentMessage.MessageOneofCase.Hello:
                throw new RefusalException(RefusalReason.Protocol, "a second Hello; a stream has one");
            default:
                // From a later version, which would have raised Hello.protocol if it could not be ignored.
                break;
        }
    }

    private async Task AnswerAsync(LessonRequest request, CancellationToken cancellation)
    {
        TeacherFrame frame;
        try
        {
            frame = await ComputeAsync(request.ToLesson(), cancellation).ConfigureAwait(false);
        }
        catch (LessonRefusedException e)
        {
            var refusal = new Refusal { Number = request.Number, Reason = RefusalReason.Lesson, Message = e.Message };
            frame = new TeacherFrame(new TeacherMessage { Refusal = refusal });
        }
        catch (Exception e)
        {
            _outbox.Writer.TryComplete(e);
            return;
        }

        if (!_outbox.Writer.TryWrite(frame))
        {
            frame.Dispose();
        }
    }

    private async Task<TeacherFrame> ComputeAsync(Lesson lesson, CancellationToken cancellation)
    {
        var targets = await teacher.AnswerAsync(lesson, cancellation).ConfigureAwait(false);
        try
        {
            await _allowance.SpendCreditAsync(cancellation).ConfigureAwait(false);
            return new TeacherFrame(targets);
        }
        catch
        {
            targets.Dispose();
            throw;
        }
    }

    private async Task SpeakAsync(CancellationToken cancellation)
    {
        await foreach (var frame in _outbox.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            using (frame)
            {
                // Closed before the answer leaves: on receiving it the student may ask for the next lesson.
                if (frame.ClosedLesson is { } number)
                {
                    _allowance.Close(number);
                }

                await reply.WriteAsync(frame, cancellation).ConfigureAwait(false);
            }
        }
    }
}
