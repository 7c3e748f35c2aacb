using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql;
using LinqToDB;

namespace Stillhouse.Coordinator.Ledger;

/// <summary>Tells Akka.Persistence to keep everything in the ledger.</summary>
public static class LedgerPersistence
{
    /// <exception cref="InvalidOperationException">The ledger cannot be used; the message says why, and what to do.</exception>
    public static AkkaConfigurationBuilder WithLedger(this AkkaConfigurationBuilder akka, LedgerAddress address) =>
        LedgerInspection.Prepare(address) is { } refusal
            ? throw new InvalidOperationException($"found {refusal.Found}; allowed {refusal.Allowed}; {refusal.Remedy}")
            : akka
                .AddHocon(Configuration(address), HoconAddMode.Prepend)
                .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append);

    private static Config Configuration(LedgerAddress address)
    {
        var provider = address.Kind == LedgerKind.Sqlite ? ProviderName.SQLiteMS : ProviderName.PostgreSQL15;
        var connection = address.ConnectionString.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return ConfigurationFactory.ParseString($$"""
            akka.persistence {
              journal {
                plugin = akka.persistence.journal.sql
                sql {
                  connection-string = "{{connection}}"
                  provider-name = "{{provider}}"
                  auto-initialize = off
                  # A fact of another writer would be a fault of ours. It must not be dropped unseen.
                  replay-filter.mode = fail
                  # A database that is away is tried again soon: work goes on meanwhile, decisions wait.
                  circuit-breaker { max-failures = 5, call-timeout = 20s, reset-timeout = 3s }
                  event-adapters.upgrades = "{{typeof(LedgerUpgradeAdapter).AssemblyQualifiedName}}"
                  event-adapter-bindings { "Stillhouse.Messages.Runs.IRunEvent, Stillhouse.Messages" = upgrades }
                }
              }
              query.journal.sql {
                connection-string = "{{connection}}"
                provider-name = "{{provider}}"
                write-plugin = akka.persistence.journal.sql
              }
              snapshot-store {
                plugin = akka.persistence.snapshot-store.sql
                sql {
                  connection-string = "{{connection}}"
                  provider-name = "{{provider}}"
                  auto-initialize = off
                  circuit-breaker { max-failures = 5, call-timeout = 20s, reset-timeout = 3s }
                }
              }
            }
            """);
    }
}
