using Stillhouse.Messages.Identity;

namespace Stillhouse.Messages.Lessons;

/// <summary>The teaching side of a soft-target channel: one replica of one teacher.</summary>
public interface ILessonServer
{
    /// <summary>The artifact that answers; a channel to another one is refused.</summary>
    Digest Teacher { get; }

    /// <summary>The dataset that sample ids refer to; a student with another one is refused.</summary>
    Digest Dataset { get; }

    /// <summary>Logits per sample.</summary>
    int Classes { get; }

    /// <summary>
    /// Answers a lesson on the replica's own thread. The answer is a pure function of (teacher artifact, lesson).
    /// The caller owns the answer and disposes it.
    /// </summary>
    /// <exception cref="LessonRefusedException">The lesson cannot be answered, for example an id outside the split.</exception>
    Task<SoftTargets> AnswerAsync(Lesson lesson, CancellationToken cancellation);
}
