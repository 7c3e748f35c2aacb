using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>
/// One trial's part in a teacher that all trials of the node share. Counts what this trial was answered. The last to
/// dispose its lease closes the lines.
/// </summary>
public sealed class TeacherLease : ITargetSource, IAsyncDisposable
{
    private readonly TeacherPool _pool;
    private readonly ITeacherObserver _observer;
    private readonly LessonTally _tally = new();

    internal TeacherLease(TeacherPool pool, SharedTeacher shared, string teacher, ITeacherObserver observer)
    {
        (_pool, Shared, Teacher, _observer) = (pool, shared, teacher, observer);
        shared.Replicas.Observers.Add(teacher, observer);
    }

    /// <summary>The teacher's name in the spec.</summary>
    public string Teacher { get; }

    /// <summary>Median time of the forward passes behind the answers so far; null without any.</summary>
    public TimeSpan? ComputeTime => _tally.ComputeTime;

    internal SharedTeacher Shared { get; }

    internal LessonCount Count => _tally.Count;

    /// <summary>Every replica that was asked since the node began to share the teacher.</summary>
    internal IReadOnlyList<ReplicaReport> Replicas => Shared.Replicas.Report(Teacher);

    /// <summary>
    /// Where this trial's teacher can be asked from now on. A replica is asked as long as any trial of the node names it.
    /// After disposal it changes nothing.
    /// </summary>
    public void Move(IReadOnlyList<ReplicaEndpoint> replicas) => _pool.Move(this, replicas);

    /// <inheritdoc/>
    public async Task<TargetAnswer> AskAsync(Lesson lesson, CancellationToken cancellation)
    {
        var received = 0L;
        var answer = await Shared
            .AskAsync(lesson, bytes => Volatile.Write(ref received, bytes), cancellation)
            .ConfigureAwait(false);
        _tally.Add(answer, Volatile.Read(ref received));
        return answer;
    }

    /// <summary>Open lessons of this trial should have been cancelled before.</summary>
    public ValueTask DisposeAsync()
    {
        Shared.Replicas.Observers.Remove(Teacher, _observer);
        return _pool.LeaveAsync(this);
    }
}
