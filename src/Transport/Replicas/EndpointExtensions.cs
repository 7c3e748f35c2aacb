using Stillhouse.Messages.Teachers;

namespace Stillhouse.Transport.Replicas;

internal static class EndpointExtensions
{
    private const string InProcess = "inproc";

    /// <summary>Whether asking this replica costs no network.</summary>
    public static bool IsInProcess(this ReplicaEndpoint replica) => replica.Address.Scheme == InProcess;
}
