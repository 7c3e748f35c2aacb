using Stillhouse.Messages.Teachers;

namespace Stillhouse.Transport.Replicas;

/// <summary>
/// Everybody who observes a teacher; each knows it by a name of its own. Whoever joins late is told what still holds.
/// </summary>
internal sealed class TeacherObservers
{
    private readonly Lock _gate = new();
    private readonly List<(string Teacher, ITeacherObserver Observer)> _observers = [];
    private readonly Dictionary<ReplicaEndpoint, string> _quarantined = [];
    private string? _waiting;

    public void Add(string teacher, ITeacherObserver observer)
    {
        lock (_gate)
        {
            _observers.Add((teacher, observer));
            foreach (var (replica, reason) in _quarantined)
            {
                observer.Quarantined(teacher, replica, reason);
            }

            if (_waiting is not null)
            {
                observer.Waiting(teacher, _waiting);
            }
        }
    }

    public void Remove(string teacher, ITeacherObserver observer)
    {
        lock (_gate)
        {
            _observers.Remove((teacher, observer));
        }
    }

    /// <summary>Null when nothing waits any more. Saying the same again changes nothing.</summary>
    public void Wait(string? reason)
    {
        lock (_gate)
        {
            if (reason == _waiting)
            {
                return;
            }

            _waiting = reason;
            foreach (var (teacher, observer) in _observers)
            {
                if (reason is null)
                {
                    observer.Resumed(teacher);
                }
                else
                {
                    observer.Waiting(teacher, reason);
                }
            }
        }
    }

    public void Failed(ReplicaEndpoint replica, string reason) =>
        Tell((observer, teacher) => observer.Failed(teacher, replica, reason));

    public void Refused(ReplicaEndpoint replica, string reason) =>
        Tell((observer, teacher) => observer.Refused(teacher, replica, reason));

    public void Quarantined(ReplicaEndpoint replica, string reason)
    {
        lock (_gate)
        {
            _quarantined[replica] = reason;
            Tell((observer, teacher) => observer.Quarantined(teacher, replica, reason));
        }
    }

    private void Tell(Action<ITeacherObserver, string> what)
    {
        lock (_gate)
        {
            foreach (var (teacher, observer) in _observers)
            {
                what(observer, teacher);
            }
        }
    }
}
