using Akka.Event;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>What trials said last about themselves. None of it is a fact of the ledger: losing it loses nothing.</summary>
internal sealed class TrialReports(ILoggingAdapter log)
{
    private readonly Dictionary<string, TrialProgress> _progress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _waits = new(StringComparer.Ordinal);

    public void Hear(TrialProgressed report) => _progress[report.Trial.Name] = report.Progress;

    public void Hear(TrialWaits report)
    {
        var trial = report.Trial.Name;
        if (report.Reason is not { } reason)
        {
            if (_waits.Remove(trial))
            {
                log.Info("{Trial} waits no longer", trial);
            }
        }
        else if (_waits.GetValueOrDefault(trial) != reason)
        {
            _waits[trial] = reason;
            log.Warning("{Trial} waits {Reason}", trial, reason);
        }
    }

    public RunSnapshot Show(RunState state, ClusterNodes nodes) => RunSnapshots.Take(state, nodes, _progress, _waits);
}
