using Microsoft.Extensions.Logging;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Transport.Replicas;

/// <summary>Writes into the node's log what becomes of replicas.</summary>
internal sealed class ReplicaLog(ILogger logger) : ITeacherObserver
{
    public void Waiting(string teacher, string reason) =>
        logger.LogWarning("Lessons of {Teacher} wait: {Reason}", teacher, reason);

    public void Resumed(string teacher) => logger.LogInformation("Lessons of {Teacher} wait no longer", teacher);

    public void Failed(string teacher, ReplicaEndpoint replica, string reason) =>
        logger.LogWarning("Replica of {Teacher} on {Node} failed: {Reason}", teacher, replica.Node, reason);

    public void Refused(string teacher, ReplicaEndpoint replica, string reason) =>
        logger.LogError("Replica of {Teacher} on {Node} is not asked: {Reason}", teacher, replica.Node, reason);

    public void Quarantined(string teacher, ReplicaEndpoint replica, string reason) =>
        logger.LogError("Replica of {Teacher} on {Node} is quarantined: {Reason}", teacher, replica.Node, reason);
}
