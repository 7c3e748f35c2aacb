using Stillhouse.Cli.Running;
using Stillhouse.Cluster.Tests.Processes;

namespace Stillhouse.Cluster.Tests.Ledger;

/// <summary>Facts that only their replay shows to be unreadable: the coordinator ends rather than begin without them.</summary>
public sealed class UnreadableLedgerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillhouse-test-");

    [Fact]
    public async Task Coordinator_OverACatalogueWithADamagedFact_EndsWithItsPlace()
    {
        new WrittenLedger(Path.Combine(_folder.FullName, "ledger.db")).Add("catalogue", 1, "catalogue.run-listed/1", "{\"submission\":");
        var port = FreePorts.Take(1).Single();

        var (code, output) = await StillProcess.RunAsync(
            "node", "coordinator", "--port", $"{port}", "--seeds", $"127.0.0.1:{port}", "--artifacts", _folder.FullName, "--log", Path.Combine(_folder.FullName, "log"));

        code.ShouldBe(1, output);
        output.ShouldContain("failed: the ledger of catalogue cannot be read after fact 0 (tables journal and snapshot, persistence_id 'catalogue')");
        output.ShouldContain("Restore the ledger from a copy, or start the version of still that wrote it.");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
