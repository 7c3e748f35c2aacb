using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Lessons;

/// <summary>
/// One <see cref="TeacherMessage"/>. If it is an answer, its logits are in <see cref="SoftTargets"/> and not in
/// <see cref="Message"/>: protobuf would copy them through buffers of its own.
/// </summary>
internal sealed class TeacherFrame : IDisposable
{
    /// <summary>Welcome, refusal, or a message that this version does not know.</summary>
    public TeacherFrame(TeacherMessage message) => Message = message;

    /// <summary>Something to send: the frame owns <paramref name="targets"/>.</summary>
    public TeacherFrame(SoftTargets targets)
    {
        var answer = new Answer
        {
            Number = targets.LessonNumber,
            Rows = targets.Logits.Rows,
            Classes = targets.Logits.Classes,
            ComputeNanos = (long)targets.ComputeTime.TotalNanoseconds,
        };
        answer.SampleIds.AddRange(targets.SampleIds);
        (Message, SoftTargets) = (new TeacherMessage { Answer = answer }, targets);
    }

    /// <summary>Something received: the frame owns <paramref name="logits"/>.</summary>
    public TeacherFrame(Answer answer, ILogits logits)
    {
        Message = new TeacherMessage { Answer = answer };
        SoftTargets = new SoftTargets(
            answer.Number, answer.SampleIds, logits, TimeSpan.FromTicks(answer.ComputeNanos / TimeSpan.NanosecondsPerTick));
    }

    public TeacherMessage Message { get; }

    public SoftTargets? SoftTargets { get; }

    /// <summary>The lesson that this frame is the end of, if any.</summary>
    public long? ClosedLesson => Message.MessageCase switch
    {
        TeacherMessage.MessageOneofCase.Answer => Message.Answer.Number,
        TeacherMessage.MessageOneofCase.Refusal when Message.Refusal.HasNumber => Message.Refusal.Number,
        _ => null,
    };

    public void Dispose() => SoftTargets?.Dispose();
}
