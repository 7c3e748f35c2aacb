using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Targets;

/// <summary>Something that answers lessons of one teacher about one dataset in one codec.</summary>
public interface ITargetSource
{
    /// <summary>Asks; ids, size and finiteness of what comes back have been checked.</summary>
    /// <exception cref="LessonRefusedException">The lesson cannot be answered, or the answer does not fit it.</exception>
    /// <exception cref="TeacherUnreachableException">Whoever was asked went away.</exception>
    Task<TargetAnswer> AskAsync(Lesson lesson, CancellationToken cancellation);
}
