using Akka.Actor;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Runs;

namespace Stillhouse.Coordinator.Ledger;

/// <summary>Reads what has happened in a run out of its ledger, page by page.</summary>
internal static class RunHistories
{
    /// <summary>Lines of a page: all together stay far below what a message may hold.</summary>
    public const int PageSize = 200;

    /// <param name="persistenceId">The run's ledger.</param>
    /// <param name="after">The number of the last fact that is known already.</param>
    public static async Task<IReadOnlyList<HistoryLine>> ReadAsync(ActorSystem system, string persistenceId, long after)
    {
        var journal = PersistenceQuery.Get(system).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        return await journal
            .CurrentEventsByPersistenceId(persistenceId, after + 1, long.MaxValue)
            .Take(PageSize)
            .Select(envelope => Line(envelope.SequenceNr, (IRunEvent)envelope.Event))
            .RunWith(Sink.Seq<HistoryLine>(), system.Materializer());
    }

    /// <summary>Queries know nothing of the journal's adapters.</summary>
    private static HistoryLine Line(long number, IRunEvent recorded)
    {
        var fact = RunLedgerUpgrades.Upgrade(recorded);
        return new HistoryLine(number, fact.At, FactWords.TrialOf(fact), FactWords.Of(fact), FactWords.IsTrouble(fact));
    }
}
