using Stillhouse.Messages.Identity;

namespace Stillhouse.Messages.Lessons;

/// <summary>The learning side of a soft-target channel: one student's line to one teacher.</summary>
public interface ITeacherChannel : IAsyncDisposable
{
    /// <summary>The artifact at the other end.</summary>
    Digest Teacher { get; }

    /// <summary>
    /// Asks about a lesson. Up to the channel's credits may be open at once; a further call waits until an earlier
    /// answer has been disposed. Ids, shape and finiteness of the answer have been checked.
    /// </summary>
    /// <exception cref="LessonRefusedException">The teacher refused, or its answer does not fit the lesson.</exception>
    /// <exception cref="TeacherUnreachableException">The connection failed or was closed by the other side.</exception>
    Task<SoftTargets> AskAsync(Lesson lesson, CancellationToken cancellation);
}
