namespace Stillhouse.Messages.Lessons;

/// <summary>Hands a student its teachers' answers in the order of its schedule.</summary>
public interface ILessonFeed
{
    /// <summary>
    /// Blocks the calling thread, which is the trial's own, until every teacher has answered, and returns one answer per
    /// teacher in the order of the spec. The caller disposes them.
    /// </summary>
    /// <exception cref="LessonRefusedException">The next lesson of the feed is not <paramref name="expected"/>, or an answer does not fit it.</exception>
    /// <exception cref="TeacherUnreachableException">A teacher went away.</exception>
    IReadOnlyList<SoftTargets> Take(Lesson expected, CancellationToken cancellation);
}
