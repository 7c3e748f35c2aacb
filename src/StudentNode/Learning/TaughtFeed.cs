using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Feeds;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.StudentNode.Learning;

/// <summary>A trial's feed with its parts in the teachers behind it; these follow the roster until disposal.</summary>
public sealed class TaughtFeed : ILessonFeed, IAsyncDisposable
{
    private readonly ILessonDelivery _feed;
    private readonly TeacherPool _pool;
    private readonly IReadOnlyList<TeacherLease> _teachers;
    private readonly TeacherRoster _roster;
    private readonly Func<ReplicaEndpoint, ReplicaEndpoint> _locate;

    /// <param name="locate">Where this node asks a replica, given where others do.</param>
    internal TaughtFeed(
        ILessonDelivery feed,
        TeacherPool pool,
        IReadOnlyList<TeacherLease> teachers,
        TeacherRoster roster,
        Func<ReplicaEndpoint, ReplicaEndpoint> locate)
    {
        (_feed, _pool, _teachers, _roster, _locate) = (feed, pool, teachers, roster, locate);
        roster.Follow(Move);
    }

    /// <summary>What the trial asked so far.</summary>
    public LessonsReport Lessons => _pool.Report(_teachers, _feed.Delivered, _feed.Quorum);

    /// <summary>Median time of each teacher's forward passes behind the answers so far.</summary>
    public IEnumerable<TimeSpan> ComputeTimes => _teachers.Select(teacher => teacher.ComputeTime ?? TimeSpan.Zero);

    public IReadOnlyList<BatchTargets?> Take(Batch expected, CancellationToken cancellation) => _feed.Take(expected, cancellation);

    public async ValueTask DisposeAsync()
    {
        _roster.Unfollow();
        await _feed.DisposeAsync().ConfigureAwait(false);
        foreach (var teacher in _teachers)
        {
            await teacher.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Move(IReadOnlyList<TeacherReplicas> moved)
    {
        foreach (var teacher in _teachers)
        {
            if (moved.FirstOrDefault(entry => entry.Name == teacher.Teacher) is { } entry)
            {
                teacher.Move([.. entry.Replicas.Select(_locate)]);
            }
        }
    }
}
