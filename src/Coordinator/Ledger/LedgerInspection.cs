using System.Data.Common;
using System.Globalization;
using Stillhouse.Transport.Serialization;

namespace Stillhouse.Coordinator.Ledger;

/// <summary>
/// Looks at a ledger before anything is started over it. What cannot be read is refused: a coordinator never begins empty over
/// a ledger that has something in it.
/// </summary>
public static class LedgerInspection
{
    /// <summary>Why the ledger cannot be used, or null where it can. Nothing is written, and nothing made.</summary>
    public static LedgerRefusal? Inspect(LedgerAddress address) =>
        address.IsAbsentFile ? null : Look(address, _ => address.Kind == LedgerKind.Sqlite ? null : new LedgerRefusal(
            $"{address}, which has no tables", "a database with the ledger's schema", "make it with: still ledger create --ledger \"...\""));

    /// <summary>As <see cref="Inspect"/>; in a file that is empty, or not there yet, an empty ledger is made.</summary>
    public static LedgerRefusal? Prepare(LedgerAddress address) => Inspect(address) ?? Create(address, out _);

    /// <summary>Makes an empty ledger where there is none. One that is there is looked at, and left as it is.</summary>
    /// <returns>Why it cannot be made or used, or null.</returns>
    public static LedgerRefusal? Create(LedgerAddress address, out bool made)
    {
        made = false;
        try
        {
            address.MakeFolder();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unopenable(address, e);
        }

        LedgerRefusal? fault = null;
        var isEmpty = false;
        var refusal = Look(address, empty =>
        {
            isEmpty = true;
            return fault = TryCreate(empty);
        });
        made = isEmpty && refusal is null;

        // Another coordinator may have made it in the same moment.
        return fault is null ? refusal : Look(address, _ => fault);
    }

    private static LedgerRefusal? TryCreate(LedgerAddress address)
    {
        try
        {
            LedgerSchema.Create(address);
            return null;
        }
        catch (DbException e)
        {
            return Unopenable(address, e);
        }
    }

    /// <param name="begin">What follows where there are no tables.</param>
    private static LedgerRefusal? Look(LedgerAddress address, Func<LedgerAddress, LedgerRefusal?> begin)
    {
        try
        {
            using var connection = address.Connect();
            connection.Open();
            var tables = Tables(connection, address.Kind);
            return tables.Count == 0
                ? begin(address)
                : Strange(address, tables) ?? Newer(connection) ?? Unreadable(connection, "journal") ?? Unreadable(connection, "snapshot");
        }
        catch (DbException e)
        {
            return Unopenable(address, e);
        }
    }

    private static LedgerRefusal Unopenable(LedgerAddress address, Exception fault) => new(
        $"{address}, which cannot be opened: {fault.Message.TrimEnd('.')}",
        "a ledger that can be read and written",
        address.Kind == LedgerKind.Sqlite
            ? "restore the file from a copy, or name another with --ledger"
            : "start the server, grant access, or correct --ledger");

    private static LedgerRefusal? Strange(LedgerAddress address, IReadOnlyCollection<string> tables)
    {
        var missing = LedgerSchema.Tables.Except(tables).ToArray();
        return missing.Length == 0 ? null : new LedgerRefusal(
            $"{address}, which has the tables {string.Join(", ", tables)}, but not {string.Join(", ", missing)}",
            "a ledger, or nothing at all",
            "restore the missing tables, or name another database with --ledger");
    }

    private static LedgerRefusal? Newer(DbConnection connection)
    {
        var version = Column(connection, $"SELECT version FROM {LedgerSchema.VersionTable}").Select(Whole).DefaultIfEmpty(0).Max();
        return version is > 0 and <= LedgerSchema.Version ? null : new LedgerRefusal(
            version == 0 ? $"no version in the table {LedgerSchema.VersionTable}" : $"version {version} in the table {LedgerSchema.VersionTable}",
            $"version {LedgerSchema.Version}",
            version == 0 ? "restore the ledger from a copy" : "start the version of still that wrote it, or a later one");
    }

    /// <summary>Facts under names that this version does not know: a newer one wrote them.</summary>
    private static LedgerRefusal? Unreadable(DbConnection connection, string table)
    {
        var unknown = Column(connection, $"SELECT DISTINCT manifest FROM {table}")
            .Select(manifest => manifest as string ?? "")
            .Where(manifest => WireNames.Protocol.TypeOf(manifest) is null)
            .Order(StringComparer.Ordinal)
            .ToArray();
        return unknown.Length == 0 ? null : new LedgerRefusal(
            $"'{string.Join("', '", unknown)}' in the table {table}",
            "facts that this version of still knows",
            "start the version of still that wrote them, or a later one");
    }

    private static List<string> Tables(DbConnection connection, LedgerKind kind) =>
    [
        .. Column(connection, kind == LedgerKind.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name").Cast<string>(),
    ];

    private static List<object> Column(DbConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var values = new List<object>();
        while (reader.Read())
        {
            values.Add(reader.GetValue(0));
        }

        return values;
    }

    private static int Whole(object value) => Convert.ToInt32(value, CultureInfo.InvariantCulture);
}

/// <summary>Why a ledger cannot be used.</summary>
/// <param name="Found">What is there.</param>
/// <param name="Allowed">What could be used.</param>
/// <param name="Remedy">What to do.</param>
public sealed record LedgerRefusal(string Found, string Allowed, string Remedy);
