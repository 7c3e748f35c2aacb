using Stillhouse.Messages.Teachers;

namespace Stillhouse.Transport.Replicas;

/// <summary>
/// Hears what becomes of a teacher's replicas, in the order in which it happens. Calls come from any thread and hold up
/// everybody who asks the teacher: note or send on what is said, and return.
/// </summary>
public interface ITeacherObserver
{
    /// <summary>Lessons wait, since no replica answers. Told again when the reason changes.</summary>
    /// <param name="teacher">The teacher's name in the spec.</param>
    /// <param name="reason">What was tried, in words.</param>
    void Waiting(string teacher, string reason);

    /// <summary>Lessons that waited are answered.</summary>
    void Resumed(string teacher);

    /// <summary>A replica could not be reached, or did not answer a lesson, which is asked elsewhere.</summary>
    void Failed(string teacher, ReplicaEndpoint replica, string reason);

    /// <summary>A replica does not take this student, and is not asked.</summary>
    void Refused(string teacher, ReplicaEndpoint replica, string reason);

    /// <summary>A replica answered wrongly, and is asked no more.</summary>
    void Quarantined(string teacher, ReplicaEndpoint replica, string reason);
}
