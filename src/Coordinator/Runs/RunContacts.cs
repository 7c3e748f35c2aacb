using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>
/// Which trials have been heard of lately, and which replicas since this coordinator began. What its ledger says of the others may have
/// changed unnoticed: they are given their orders again, which changes nothing where they are at work.
/// </summary>
internal sealed class RunContacts
{
    /// <summary>A trial that trains says so several times a second; one that waits is asked now and then.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTimeOffset> _trials = new(StringComparer.Ordinal);
    private readonly HashSet<(string Teacher, string Node)> _replicas = [];

    public void Hear(ITrialMessage report, DateTimeOffset now)
    {
        _trials[report.Trial.Name] = now;
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

    public bool HasHeardOf(string trial, DateTimeOffset now) => _trials.TryGetValue(trial, out var heard) && now - heard < Lately;

    public bool HasHeardOf(Orchestration.Replicas.ReplicaState replica) => _replicas.Contains((replica.Teacher, replica.Node));

    /// <summary>What the ledger does not count on any more must be heard of anew.</summary>
    public void Forget(RunState state)
    {
        foreach (var trial in _trials.Keys.Where(trial => state.Trials.Find(trial) is null || !state.IsHeld(trial)).ToArray())
        {
            _trials.Remove(trial);
        }

        _replicas.RemoveWhere(known => state.Replicas.Find(known.Teacher, known.Node) is not { IsLive: true });
    }
}
