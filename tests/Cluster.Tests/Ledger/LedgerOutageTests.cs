using System.Text.Json.Nodes;
using Npgsql;
using Stillhouse.Cli.Running;
using Stillhouse.Cluster.Tests.Processes;

namespace Stillhouse.Cluster.Tests.Ledger;

/// <summary>A database that is away in the middle of a run.</summary>
public sealed class LedgerOutageTests : IDisposable
{
    /// <summary>Longer than any patience that the coordinator has with a single write.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    /// <summary>One trial after the other: each waits for a decision that only the ledger can make durable.</summary>
    private readonly RunFolder _folder = new(studentEpochs: 60, view: "shift", more: """
        sweep:
          parameters:
            - {kind: choice, path: distillation.temperature, values: [2, 4, 8]}
          parallel: 1
        """);

    [Fact]
    public async Task Run_WhosePostgreSqlStopsForHalfAMinute_LosesNothing_AndTrainsNothingTwice()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var ledger = await server.CreateLedgerAsync("outage");
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("undisturbed"));
        var address = $"127.0.0.1:{FreePorts.Take(1).Single()}";
        await using var up = StillProcess.Start(
            "up", "--dir", _folder.Out("cluster"), "--port", address.Split(':')[1], "--nodes", "coordinators=1,teachers=3,students=1", "--ledger", ledger);
        await up.ReadUntilAsync("the cluster is up at");
        await StillProcess.SucceedAsync("submit", _folder.Spec, "--id", "first", "--cluster", address);
        await using var watch = StillProcess.Start("watch", "first", "--cluster", address);
        await watch.ReadUntilAsync("student-1: distils");

        await server.StopAsync();
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        await server.StartAsync();

        (await watch.ExitAsync()).ShouldBe(0, watch.Output);
        File.ReadAllText(LogOf("coordinator-1")).ShouldContain("decisions of this run wait");
        await StillProcess.SucceedAsync(
            "export", "first", _folder.Out("disturbed"), "--artifacts", Path.Combine(_folder.Out("cluster"), "artifacts"), "--cluster", address);
        _folder.TrialDigests("disturbed").ShouldBe(_folder.TrialDigests("undisturbed"));
        TrialsTrained().ShouldBe(["baseline", "evaluate", "student-1", "student-2", "student-3"]);
        var facts = await FactsAsync(ledger, "run-first");
        facts.Select(fact => fact.Number).ShouldBe(Enumerable.Range(1, facts.Count).Select(number => (long)number));
        facts.Select(fact => fact.EndedTrial).OfType<string>().Order(StringComparer.Ordinal)
            .ShouldBe(["baseline", "evaluate", "student-1", "student-2", "student-3", "teacher-1", "teacher-2", "teacher-3"]);
    }

    public void Dispose() => _folder.Dispose();

    private string LogOf(string node) => Path.Combine(_folder.Out("cluster"), "logs", $"{node}.log");

    /// <summary>Every trial that came to its end on a student's node, as often as it did.</summary>
    private IEnumerable<string> TrialsTrained() =>
        File.ReadLines(LogOf("student-1"))
            .Select(line => line.Split(" has come to its end"))
            .Where(parts => parts.Length == 2)
            .Select(parts => parts[0][(parts[0].LastIndexOf('/') + 1)..])
            .Order(StringComparer.Ordinal);

    /// <summary>The facts of a ledger in their order, each with the trial that ended by it.</summary>
    private static async Task<IReadOnlyList<(long Number, string? EndedTrial)>> FactsAsync(string ledger, string persistenceId)
    {
        await using var connection = new NpgsqlConnection(ledger);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = $1 ORDER BY sequence_number", connection)
        {
            Parameters = { new() { Value = persistenceId } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var facts = new List<(long, string?)>();
        while (await reader.ReadAsync())
        {
            var message = reader.GetFieldValue<byte[]>(2);
            facts.Add((reader.GetInt64(0), reader.GetString(1) == "ledger.trial-ended/1" ? JsonNode.Parse(message)!["trial"]!.GetValue<string>() : null));
        }

        return facts;
    }
}
