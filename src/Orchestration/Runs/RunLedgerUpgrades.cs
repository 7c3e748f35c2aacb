using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.RunEvents;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Reads facts that an older version wrote as those of today, so that the rest of the code knows only these.</summary>
public static class RunLedgerUpgrades
{
    /// <summary>No node is called so: a trial that was handed out to none in particular is lost there, unless it has begun on one since.</summary>
    private const string Nowhere = "";

    public static IRunEvent Upgrade(IRunEvent fact) => fact switch
    {
        RunBegunWithoutPriority old => new RunBegun(old.Run, old.Spec, old.Dataset, old.Needed, Priority: 0, old.At),
        TrialDispatchedWithoutLease old => new TrialDispatched(old.Trial, old.Node ?? Nowhere, Lease: 0, old.At),
        _ => fact,
    };
}
