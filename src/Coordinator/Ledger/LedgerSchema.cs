using System.Data.Common;

namespace Stillhouse.Coordinator.Ledger;

/// <summary>The tables of a ledger, and the version of what is written into them.</summary>
public static class LedgerSchema
{
    /// <summary>Goes up when an older program could misread what a newer one wrote.</summary>
    public const int Version = 1;

    /// <summary>Akka.Persistence.Sql's tables, under its default names, and the one that holds the version.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["journal", "tags", "snapshot", VersionTable];

    internal const string VersionTable = "stillhouse_ledger";

    /// <summary>The SQL that makes an empty ledger, in one transaction.</summary>
    public static string Script(LedgerKind kind)
    {
        using var stream = typeof(LedgerSchema).Assembly.GetManifestResourceStream(kind == LedgerKind.Sqlite ? "sqlite.sql" : "postgresql.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Makes an empty ledger where there is none.</summary>
    /// <exception cref="DbException">The database refuses; nothing has been made then.</exception>
    public static void Create(LedgerAddress address)
    {
        using var connection = address.Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        if (address.Kind == LedgerKind.Sqlite)
        {
            // Readers and the writer do not wait for each other; every commit still reaches the disk.
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
        }

        command.CommandText = Script(address.Kind);
        command.ExecuteNonQuery();
    }
}
