using System.Text.Json.Nodes;
using Stillhouse.Cli.Running;
using Stillhouse.Cluster.Tests.Processes;

namespace Stillhouse.Cluster.Tests.Ledger;

/// <summary>A ledger that an older version wrote (<c>Older/README.md</c>), and a cluster of today over it.</summary>
public sealed class OlderLedgerTests : IDisposable
{
    private static readonly string Older = Path.Combine(AppContext.BaseDirectory, "Ledger", "Older");

    private readonly RunFolder _folder = new(studentEpochs: 1);

    [Fact]
    public async Task Runs_OfAnOlderVersion_AreKnown_AndGoOn()
    {
        var artifacts = Directory.CreateDirectory(Path.Combine(_folder.Out("cluster"), "artifacts"));
        var ledger = new WrittenLedger(Path.Combine(artifacts.FullName, "ledger.db"));
        foreach (var line in File.ReadLines(Path.Combine(Older, "facts.jsonl")))
        {
            var fact = JsonNode.Parse(line)!;
            ledger.Add((string)fact["persistenceId"]!, (long)fact["sequenceNumber"]!, (string)fact["manifest"]!, fact["message"]!.ToJsonString());
        }

        await StillProcess.SucceedAsync(
            "run", Path.Combine(Older, "old.yaml"), "--out", _folder.Out("embedded"), "--set", "teachers[0].training.epochs=400");
        var address = $"127.0.0.1:{FreePorts.Take(1).Single()}";
        await using var up = StillProcess.Start(
            "up", "--dir", _folder.Out("cluster"), "--port", address.Split(':')[1], "--nodes", "coordinators=1,teachers=1,students=1");
        await up.ReadUntilAsync("the cluster is up at");

        (await StillProcess.RunAsync("watch", "open", "--cluster", address)).Output.ShouldContain("run open has completed");
        await StillProcess.SucceedAsync("export", "open", _folder.Out("open"), "--cluster", address);
        _folder.TrialDigests("open").ShouldBe(_folder.TrialDigests("embedded"));
        (await StillProcess.RunAsync("status", "done", "--cluster", address)).Output.ShouldContain("run done: has completed");
        (await StillProcess.RunAsync("sweep", "best", "done", "--cluster", address)).Output.ShouldContain("best by accuracy of 2 trials");
        (await StillProcess.RunAsync("logs", "done", "--cluster", address)).Output.ShouldEndWith("the run has completed");
    }

    public void Dispose() => _folder.Dispose();
}
