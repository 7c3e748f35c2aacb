using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>One teacher, dataset and codec on a node, for all trials that ask; who does is guarded by the pool.</summary>
internal sealed class SharedTeacher(LineAgreement agreement, ReplicaSet replicas, TargetStore store)
{
    private readonly Dictionary<TeacherLease, IReadOnlyList<ReplicaEndpoint>> _named = [];
    private volatile bool _isHere;

    public LineAgreement Agreement => agreement;

    public ReplicaSet Replicas => replicas;

    /// <summary>Nobody asks about it any more.</summary>
    public bool IsDeserted => _named.Count == 0;

    public void Join(TeacherLease lease, IReadOnlyList<ReplicaEndpoint> named)
    {
        _named.Add(lease, named);
        Move();
    }

    /// <summary>A replica is asked as long as any lease names it. Of one that has left nothing is heard.</summary>
    public void Move(TeacherLease lease, IReadOnlyList<ReplicaEndpoint> named)
    {
        if (_named.ContainsKey(lease))
        {
            _named[lease] = named;
            Move();
        }
    }

    /// <summary>False if it had left before.</summary>
    public bool Leave(TeacherLease lease)
    {
        if (!_named.Remove(lease))
        {
            return false;
        }

        if (!IsDeserted)
        {
            Move();
        }

        return true;
    }

    /// <summary>
    /// Asks past the store where all replicas are in this process: what they answer is kept already, on the teachers' side.
    /// </summary>
    /// <param name="received">Told how many bytes came over the network because of this question.</param>
    public Task<TargetAnswer> AskAsync(Lesson lesson, Action<long> received, CancellationToken cancellation)
    {
        return _isHere
            ? FetchAsync(cancellation)
            : store.GetAsync(
                new TargetKey(agreement.Teacher, agreement.Dataset, agreement.Codec.Name, Inputs: null, lesson),
                FetchAsync,
                cancellation);

        async Task<TargetAnswer> FetchAsync(CancellationToken fetching)
        {
            var (answer, replica) = await replicas.AskReplicaAsync(lesson, fetching).ConfigureAwait(false);
            received(replica.IsInProcess() ? 0 : answer.Targets.Bytes.Length);
            return answer;
        }
    }

    private void Move()
    {
        HashSet<ReplicaEndpoint> all = [.. _named.Values.SelectMany(named => named)];
        _isHere = all.Count > 0 && all.All(replica => replica.IsInProcess());
        replicas.Move(all);
    }
}
