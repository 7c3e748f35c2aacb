using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Targets;

/// <summary>Everything that encoded targets depend on: equal keys have equal bytes.</summary>
/// <param name="Teacher">The artifact that answers.</param>
/// <param name="Dataset">What sample ids refer to.</param>
/// <param name="Codec">The codec's name, parameters included.</param>
/// <param name="Inputs">
/// Digest of the samples where the student sent them: then a student that sends others gets answers of its own. Null
/// where the teacher read them itself.
/// </param>
/// <param name="Lesson">The question.</param>
public sealed record TargetKey(Digest Teacher, Digest Dataset, string Codec, Digest? Inputs, Lesson Lesson)
{
    /// <summary>Everything in one line; unlike keys have unlike lines.</summary>
    public override string ToString() =>
        $"{Teacher} {Dataset} {Codec} {Inputs?.ToString() ?? "shared"} {Lesson.Split} {Lesson.Samples} {Lesson.View}";
}
