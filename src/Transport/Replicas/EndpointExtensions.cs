using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;

namespace Stillhouse.Transport.Replicas;

public static class EndpointExtensions
{
    /// <summary>The same replica, as whoever is in its process asks it.</summary>
    public static ReplicaEndpoint InProcess(this ReplicaEndpoint replica)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return replica with { Address = new Uri($"{LessonLines.InProcess}://{replica.Node}") };
    }

    /// <summary>Whether asking this replica costs no network.</summary>
    internal static bool IsInProcess(this ReplicaEndpoint replica) => replica.Address.Scheme == LessonLines.InProcess;
}
