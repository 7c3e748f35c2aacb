using Akka.Actor;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Replicas;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.StudentNode;

/// <summary>
/// Tells the coordinator which teachers a trial waits for, and which replicas answered wrongly; again from time to time, for
/// a message may be lost. Safe for any thread.
/// </summary>
internal sealed class TeacherReporter(TrialId trial, IActorRef coordinator, IActorRef self) : ITeacherObserver
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Teacher, string Node), string> _accused = [];

    public void Waiting(string teacher, string reason)
    {
        lock (_gate)
        {
            _waiting[teacher] = reason;
            TellWaiting();
        }
    }

    public void Resumed(string teacher)
    {
        lock (_gate)
        {
            _waiting.Remove(teacher);
            TellWaiting();
        }
    }

    /// <summary>The lesson is asked elsewhere, and the node's log has it.</summary>
    public void Failed(string teacher, ReplicaEndpoint replica, string reason)
    {
    }

    public void Refused(string teacher, ReplicaEndpoint replica, string reason) => Accuse(teacher, replica, reason);

    public void Quarantined(string teacher, ReplicaEndpoint replica, string reason) => Accuse(teacher, replica, reason);

    /// <summary>Says again what still holds.</summary>
    /// <param name="teachers">Where the trial's teachers are now: a replica that is gone need not be accused any more.</param>
    public void Repeat(IReadOnlyList<TeacherReplicas> teachers)
    {
        lock (_gate)
        {
            foreach (var ((teacher, node), reason) in _accused)
            {
                if (teachers.Any(entry => entry.Name == teacher && entry.Replicas.Any(replica => replica.Node == node)))
                {
                    coordinator.Tell(new ReplicaAccused(trial, teacher, node, reason), self);
                }
                else
                {
                    _accused.Remove((teacher, node));
                }
            }

            TellWaiting();
        }
    }

    private void Accuse(string teacher, ReplicaEndpoint replica, string reason)
    {
        lock (_gate)
        {
            _accused[(teacher, replica.Node)] = reason;
            coordinator.Tell(new ReplicaAccused(trial, teacher, replica.Node, reason), self);
        }
    }

    private void TellWaiting() =>
        coordinator.Tell(
            new TrialWaits(trial, _waiting.Count == 0 ? null : string.Join("; ", _waiting.Select(entry => $"for {entry.Key}: {entry.Value}"))), self);
}
