using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;

namespace Stillhouse.Transport.Replicas;

internal static class EndpointExtensions
{
    /// <summary>Whether asking this replica costs no network.</summary>
    public static bool IsInProcess(this ReplicaEndpoint replica) => replica.Address.Scheme == LessonLines.InProcess;
}
