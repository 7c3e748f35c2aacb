namespace Stillhouse.Messages.Lessons;

/// <summary>Hands a student its teachers' targets in the order of its schedule.</summary>
public interface ILessonFeed
{
    /// <summary>
    /// Blocks the calling thread, which is the trial's own, until the teachers have answered, and returns one entry per
    /// teacher in the order of the spec: null where a quorum went on without that teacher. The caller disposes them.
    /// </summary>
    /// <exception cref="LessonRefusedException">The next batch of the feed is not <paramref name="expected"/>.</exception>
    IReadOnlyList<BatchTargets?> Take(Batch expected, CancellationToken cancellation);
}
