using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Transport.Channels;

/// <summary>Opens lines to replicas, wherever they are.</summary>
public interface ILineOpener
{
    /// <summary>Dials, and returns once the replica has agreed.</summary>
    /// <exception cref="LessonRefusedException">The replica is there and does not take this student; asking again would not help.</exception>
    /// <exception cref="TeacherUnreachableException">It is not there, or did not answer in time; it may be there later.</exception>
    Task<ILessonLine> OpenAsync(ReplicaEndpoint replica, LineAgreement agreement, CancellationToken cancellation);
}
