using System.Collections.Immutable;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Orchestration.Replicas;

/// <summary>The replicas of a run's teachers, at most one entry per teacher and node, the oldest first.</summary>
public sealed record ReplicaRegister(ImmutableList<ReplicaState> Entries)
{
    public static ReplicaRegister Empty { get; } = new(ImmutableList<ReplicaState>.Empty);

    public IEnumerable<ReplicaState> Live => Entries.Where(replica => replica.IsLive);

    public IEnumerable<ReplicaState> Quarantined => Entries.Where(replica => replica.Status == ReplicaStatus.Quarantined);

    public IEnumerable<ReplicaState> Of(string teacher) => Entries.Where(replica => replica.Teacher == teacher);

    public ReplicaState? Find(string teacher, string node) => Entries.Find(Is(teacher, node));

    /// <summary>Where a teacher can be asked.</summary>
    public IEnumerable<ReplicaEndpoint> Serving(string teacher) => Of(teacher).Select(replica => replica.Endpoint).OfType<ReplicaEndpoint>();

    /// <summary>With this entry in the place of whatever was known about the teacher on the node.</summary>
    public ReplicaRegister With(ReplicaState replica) => new(Entries.RemoveAll(Is(replica.Teacher, replica.Node)).Add(replica));

    public ReplicaRegister Without(string teacher, string node) => new(Entries.RemoveAll(Is(teacher, node)));

    /// <summary>What is known of nodes that broke or answered wrongly stays.</summary>
    public ReplicaRegister WithoutLive() => new(Entries.RemoveAll(replica => replica.IsLive));

    private static Predicate<ReplicaState> Is(string teacher, string node) =>
        replica => replica.Teacher == teacher && replica.Node == node;
}
