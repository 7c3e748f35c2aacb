using Stillhouse.Messages.Identity;

namespace Stillhouse.Messages.Teachers;

/// <summary>Where a serving teacher can be asked.</summary>
/// <param name="Name">The teacher's name in the spec.</param>
/// <param name="Artifact">The weights it serves.</param>
/// <param name="Parameters">How many numbers it has learnt.</param>
/// <param name="Address"><c>inproc://node</c> within one process, <c>http://host:port</c> for gRPC.</param>
public sealed record TeacherEndpoint(string Name, Digest Artifact, long Parameters, Uri Address);
