using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.RunEvents;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Reads facts that an older version wrote as those of today, so that the rest of the code knows only these.</summary>
public static class RunLedgerUpgrades
{
    public static IRunEvent Upgrade(IRunEvent fact) => fact switch
    {
        RunBegunWithoutPriority old => new RunBegun(old.Run, old.Spec, old.Dataset, old.Needed, Priority: 0, old.At),
        _ => fact,
    };
}
