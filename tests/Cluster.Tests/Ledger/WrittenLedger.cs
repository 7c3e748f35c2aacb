using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Transport.Serialization;

namespace Stillhouse.Cluster.Tests.Ledger;

/// <summary>A ledger in a file whose rows a test writes itself.</summary>
internal sealed class WrittenLedger
{
    private readonly string _file;

    public WrittenLedger(string file)
    {
        _file = file;
        LedgerInspection.Create(LedgerAddress.File(file), out var made).ShouldBeNull();
        made.ShouldBeTrue();
    }

    public void Add(string persistenceId, long sequenceNumber, string manifest, string message) => Execute(
        """
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
        VALUES (0, 0, $id, $number, $message, $manifest, $serializer, 'older')
        """,
        ("$id", persistenceId),
        ("$number", sequenceNumber),
        ("$message", Encoding.UTF8.GetBytes(message)),
        ("$manifest", manifest),
        ("$serializer", ProtocolSerializer.SerializerId));

    public void Execute(string sql, params IEnumerable<(string Name, object Value)> parameters)
    {
        using DbConnection connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(new SqliteParameter(name, value));
        }

        command.ExecuteNonQuery();
    }
}
