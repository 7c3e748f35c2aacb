using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;

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

    /// <summary>What it can answer with besides the logits.</summary>
    IReadOnlyList<FeatureShape> Features { get; }

    /// <summary>Values per sample, one byte each where inputs are shipped.</summary>
    int InputSize { get; }

    /// <summary>
    /// Answers a lesson on the replica's own thread. The answer is a pure function of (teacher artifact, lesson, features).
    /// The caller owns the answer and disposes it.
    /// </summary>
    /// <param name="features">Names of <see cref="Features"/> whose values follow the logits in every row, in this order.</param>
    /// <param name="inputs">
    /// The samples' pixels, as the lesson's view shows them, <c>Samples.Count × InputSize</c> bytes; empty where the replica is to read its own dataset.
    /// Valid until the task ends.
    /// </param>
    /// <exception cref="LessonRefusedException">The lesson cannot be answered, for example a sample outside the split.</exception>
    Task<SoftTargets> AnswerAsync(
        Lesson lesson, IReadOnlyList<string> features, ReadOnlyMemory<byte> inputs, CancellationToken cancellation);
}
