using Akka.Persistence.Journal;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Runs;

namespace Stillhouse.Coordinator.Ledger;

/// <summary>Applies <see cref="RunLedgerUpgrades"/> to every fact that is replayed. What is written is of today.</summary>
public sealed class LedgerUpgradeAdapter : IEventAdapter
{
    public string Manifest(object evt) => string.Empty;

    public object ToJournal(object evt) => evt;

    public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single(RunLedgerUpgrades.Upgrade((IRunEvent)evt));
}
