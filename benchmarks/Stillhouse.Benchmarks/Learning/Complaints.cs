using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Benchmarks.Learning;

/// <summary>Nothing of this should happen in a benchmark; where it does, the figures are worth nothing, and a person must see it.</summary>
internal sealed class Complaints : ITeacherObserver
{
    public void Waiting(string teacher, string reason) => Console.Error.WriteLine($"lessons of {teacher} wait: {reason}");

    public void Resumed(string teacher) => Console.Error.WriteLine($"lessons of {teacher} wait no longer");

    public void Failed(string teacher, ReplicaEndpoint replica, string reason) => Complain("failed", replica, reason);

    public void Refused(string teacher, ReplicaEndpoint replica, string reason) => Complain("refused", replica, reason);

    public void Quarantined(string teacher, ReplicaEndpoint replica, string reason) => Complain("quarantined", replica, reason);

    private static void Complain(string what, ReplicaEndpoint replica, string reason) =>
        Console.Error.WriteLine($"replica {replica.Node} {what}: {reason}");
}
