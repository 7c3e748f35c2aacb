using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Stillhouse.Hosting;

namespace Stillhouse.Coordinator.Ledger;

/// <summary>Where a ledger is kept: a SQLite file, for coordinators on one machine, or a PostgreSQL database.</summary>
public sealed record LedgerAddress
{
    private LedgerAddress(LedgerKind kind, string connectionString, string name) =>
        (Kind, ConnectionString, Name) = (kind, connectionString, name);

    /// <summary>The name of a ledger that nobody named, in the artifact folder.</summary>
    public const string DefaultFile = "ledger.db";

    public LedgerKind Kind { get; }

    /// <summary>May hold a password: for drivers, not for people.</summary>
    public string ConnectionString { get; }

    /// <summary>The file, or server and database: what people call it.</summary>
    public string Name { get; }

    /// <summary>Whether it is a file that is not there yet.</summary>
    internal bool IsAbsentFile => Kind == LedgerKind.Sqlite && !System.IO.File.Exists(Name);

    /// <summary>Reads what stands after <c>--ledger</c>: a connection string with <c>Host=</c>, or the path of a file.</summary>
    /// <exception cref="FormatException">It is neither; the message says what is wrong.</exception>
    public static LedgerAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? PostgreSql(text) : File(text);
    }

    /// <summary>The ledger of a coordinator: by default a file beside the artifacts.</summary>
    /// <exception cref="FormatException">What the options name is no ledger.</exception>
    public static LedgerAddress Of(NodeOptions options) => Parse(options.Ledger ?? Path.Combine(options.ArtifactFolder, DefaultFile));

    /// <summary>The ledger in a file.</summary>
    /// <exception cref="FormatException">No file can be called so.</exception>
    public static LedgerAddress File(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || Directory.Exists(path))
        {
            throw new FormatException(path.Length == 0 ? "nothing" : $"{path}, which is no file");
        }

        var full = Path.GetFullPath(path);
        return new LedgerAddress(LedgerKind.Sqlite, new SqliteConnectionStringBuilder { DataSource = full }.ConnectionString, full);
    }

    /// <summary>A connection that has not been opened.</summary>
    public DbConnection Connect() => Kind switch
    {
        LedgerKind.Sqlite => new SqliteConnection(ConnectionString),
        LedgerKind.PostgreSql => new NpgsqlConnection(ConnectionString),
        _ => throw new InvalidOperationException($"{Kind} is no kind of ledger."),
    };

    /// <summary>Makes the folder of a file, where there is none.</summary>
    internal void MakeFolder()
    {
        if (Kind == LedgerKind.Sqlite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Name)!);
        }
    }

    public override string ToString() => Name;

    private static LedgerAddress PostgreSql(string text)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            return new LedgerAddress(
                LedgerKind.PostgreSql, parts.ConnectionString, $"PostgreSQL database {parts.Database ?? parts.Username} at {parts.Host}:{parts.Port}");
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"a connection string that cannot be read: {e.Message}", e);
        }
    }
}

public enum LedgerKind
{
    Sqlite = 1,
    PostgreSql = 2,
}
