using System.Threading.RateLimiting;
using Grpc.Core;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>
/// One admitted student. It listens and speaks at the same time: lessons are handed to the teacher as they come, and answers
/// leave as they are ready and the student's credit covers them.
/// </summary>
/// <param name="agreed">The limits that the student is told.</param>
/// <param name="pace">How fast lessons are heard.</param>
/// <param name="room">For answers that are computed, or kept, and not sent yet.</param>
internal sealed class TeachingSession(
    AdmittedLine line,
    Welcome agreed,
    RateLimiter pace,
    ByteBudget room,
    IAsyncStreamReader<StudentMessage> student,
    IServerStreamWriter<TeacherFrame> reply)
{
    private readonly OpenNumbers _open = new(agreed.MaxOpenLessons);

    /// <summary>Returns when the student has left; throws whatever else ended the session. Open lessons are dropped.</summary>
    /// <exception cref="RefusalException">The student broke a rule.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var speaker = new Speaker(agreed, _open, reply);
        speaker.Say(new TeacherMessage { Welcome = agreed });
        var listening = ListenAsync(speaker, ending.Token);
        var speaking = speaker.SpeakAsync(ending.Token);
        try
        {
            await (await Task.WhenAny(listening, speaking).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(listening, speaking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(Speaker speaker, CancellationToken cancellation)
    {
        while (await student.MoveNext(cancellation).ConfigureAwait(false))
        {
            var message = student.Current;
            switch (message.MessageCase)
            {
                case StudentMessage.MessageOneofCase.Lesson:
                    using (await pace.AcquireAsync(1, cancellation).ConfigureAwait(false))
                    {
                        _open.Open(message.Lesson.Number);
                        _ = AnswerAsync(message.Lesson, speaker, cancellation);
                    }

                    break;
                case StudentMessage.MessageOneofCase.Credit:
                    speaker.Credit.Give(message.Credit.Bytes);
                    break;
                case StudentMessage.MessageOneofCase.Hello:
                    throw new RefusalException(RefusalReason.Protocol, "a second Hello; a stream has one");
                default:
                    // From a later version, which would have raised Hello.protocol if it could not be ignored.
                    break;
            }
        }
    }

    private async Task AnswerAsync(LessonRequest request, Speaker speaker, CancellationToken cancellation)
    {
        try
        {
            speaker.Say(await ComputeAsync(request, cancellation).ConfigureAwait(false));
        }
        catch (LessonRefusedException e)
        {
            speaker.Say(Refusal(request, RefusalReason.Lesson, e));
        }
        catch (LessonsEndedException e)
        {
            speaker.Say(Refusal(request, RefusalReason.Ended, e));
        }
        catch (WrongAnswerException e)
        {
            speaker.Say(Refusal(request, RefusalReason.WrongAnswer, e));
        }
        catch (Exception e)
        {
            speaker.Break(e);
        }
    }

    private async Task<OutgoingAnswer> ComputeAsync(LessonRequest request, CancellationToken cancellation)
    {
        var lesson = request.ToLesson();
        var place = await room.ReserveAsync(line.BytesOf(lesson), cancellation).ConfigureAwait(false);
        try
        {
            var answer = await line.AnswerAsync(lesson, request.Inputs.Memory, cancellation).ConfigureAwait(false);
            return new OutgoingAnswer(request.Number, answer, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private static TeacherMessage Refusal(LessonRequest request, RefusalReason reason, Exception cause) =>
        new() { Refusal = new Refusal { Number = request.Number, Reason = reason, Message = cause.Message } };
}
