using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Messages.Teachers;

/// <summary>Where one replica of a teacher can be asked.</summary>
/// <param name="Node">The node that it is on.</param>
/// <param name="Address"><c>inproc://node</c> within one process, <c>http://host:port</c> for gRPC.</param>
public sealed record ReplicaEndpoint(string Node, Uri Address);

/// <summary>A teacher as students know it.</summary>
/// <param name="Name">The teacher's name in the spec.</param>
/// <param name="Artifact">The weights it serves.</param>
/// <param name="Parameters">How many numbers it has learnt.</param>
/// <param name="EnsembleWeight">Its weight among the teachers, as the spec states it; above 0.</param>
/// <param name="Replicas">Where it can be asked at the moment; none is no error: students wait for one.</param>
public sealed record TeacherReplicas(
    string Name, Digest Artifact, long Parameters, double EnsembleWeight, IReadOnlyList<ReplicaEndpoint> Replicas)
{
    /// <summary>What it is asked for besides its logits, in the order in which it answers.</summary>
    public IReadOnlyList<FeatureShape> Features { get; init; } = [];
}
