using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.StudentNode.Learning;

/// <summary>
/// Where a trial's teachers can be asked: told by the coordinator at any time, before the trial has begun to ask and while
/// it does. Safe for any thread.
/// </summary>
/// <param name="observer">Hears what becomes of them.</param>
public sealed class TeacherRoster(ITeacherObserver observer)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<TeacherReplicas>? _latest;
    private Action<IReadOnlyList<TeacherReplicas>>? _follower;

    public ITeacherObserver Observer => observer;

    public void Move(IReadOnlyList<TeacherReplicas> teachers)
    {
        lock (_gate)
        {
            _latest = teachers;
            _follower?.Invoke(teachers);
        }
    }

    /// <summary>From now on every move is told, beginning with the latest, if there was one.</summary>
    public void Follow(Action<IReadOnlyList<TeacherReplicas>> follower)
    {
        lock (_gate)
        {
            _follower = follower;
            if (_latest is not null)
            {
                follower(_latest);
            }
        }
    }

    public void Unfollow()
    {
        lock (_gate)
        {
            _follower = null;
        }
    }
}
