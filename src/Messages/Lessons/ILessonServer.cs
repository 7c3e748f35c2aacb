using Stillhouse.Messages.Identity;

namespace Stillhouse.Messages.Lessons;

/// <summary>The teaching side of a soft-target channel: one replica of one teacher.</summary>
public interface ILessonServer
{
    /// <summary>The artifact that answers; a channel to another one is refused.</summary>
    Digest Teacher { get; }

    /// <summary>
    /// The dataset that sample ids refer to; a student with another one is refused. Null where this node cannot read it:
    /// then it answers lessons whose inputs come with them, and no others.
    /// </summary>
    Digest? Dataset { get; }

    /// <summary>Logits per sample.</summary>
    int Classes { get; }

    /// <summary>Values per sample, one byte each where inputs are shipped.</summary>
    int InputSize { get; }

    /// <summary>
    /// Answers a lesson on the replica's own thread. The answer is a pure function of (teacher artifact, lesson).
    /// The caller owns the answer and disposes it.
    /// </summary>
    /// <param name="inputs">
    /// The samples' pixels, as the lesson's view shows them, <c>Samples.Count × InputSize</c> bytes; empty where the replica is to read its own dataset.
    /// Valid until the task ends.
    /// </param>
    /// <exception cref="LessonRefusedException">The lesson cannot be answered, for example a sample outside the split.</exception>
    Task<SoftTargets> AnswerAsync(Lesson lesson, ReadOnlyMemory<byte> inputs, CancellationToken cancellation);
}
