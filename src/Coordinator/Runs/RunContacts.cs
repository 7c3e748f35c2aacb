using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>
/// Which trials and replicas have been heard of since this coordinator began. What its ledger says of the others may have
/// changed while none was there to notice: they are given their orders again, which changes nothing where they are at work.
/// </summary>
internal sealed class RunContacts
{
    private readonly HashSet<string> _trials = new(StringComparer.Ordinal);
    private readonly HashSet<(string Teacher, string Node)> _replicas = [];

    public void Hear(ITrialMessage report)
    {
        _trials.Add(report.Trial.Name);
        switch (report)
        {
            case TeacherServing serving:
                _replicas.Add((serving.Trial.Name, serving.Endpoint.Node));
                break;
            case ReplicaServing serving:
                _replicas.Add((serving.Trial.Name, serving.Endpoint.Node));
                break;
        }
    }

    public bool HasHeardOf(string trial) => _trials.Contains(trial);

    public bool HasHeardOf(Orchestration.Replicas.ReplicaState replica) => _replicas.Contains((replica.Teacher, replica.Node));

    /// <summary>What the ledger does not count on any more must be heard of anew.</summary>
    public void Forget(RunState state)
    {
        _trials.RemoveWhere(trial => state.Trials.Find(trial) is not { IsActive: true });
        _replicas.RemoveWhere(known => state.Replicas.Find(known.Teacher, known.Node) is not { IsLive: true });
    }
}
