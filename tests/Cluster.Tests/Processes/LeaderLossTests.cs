using System.Text.RegularExpressions;
using Stillhouse.Cluster.Tests.Ledger;

namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>Three coordinators, of which the one that leads is killed and stays away.</summary>
public sealed partial class LeaderLossTests : IDisposable
{
    private readonly RunFolder _folder = new(studentEpochs: 600, view: "shift");

    [Fact]
    public Task Run_RecordedInAFile_GoesOnUnderAnotherCoordinator() => GoesOnAsync(_folder.Out("ledger.db"));

    [Fact]
    public async Task Run_RecordedInPostgreSql_GoesOnUnderAnotherCoordinator()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await GoesOnAsync(await server.CreateLedgerAsync("leader"));
    }

    public void Dispose() => _folder.Dispose();

    private async Task GoesOnAsync(string ledger)
    {
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("undisturbed"));
        await using var cluster = new NodeCluster(_folder.Out("cluster"), ledger);
        await cluster.StartAsync(coordinators: 3, teachers: 2, students: 1);
        string[] elsewhere = ["--cluster", cluster.AddressOf(2)];
        await StillProcess.SucceedAsync(["submit", _folder.Spec, "--id", "first", .. elsewhere]);
        await using var watch = StillProcess.Start(["watch", "first", .. elsewhere]);
        await watch.ReadUntilAsync("student: distils");

        cluster["coordinator-1"].Signal(UnixSignal.Kill);

        (await watch.ExitAsync()).ShouldBe(0, watch.Output);
        Enumerable.Range(2, 2).Count(number => Successor().IsMatch(cluster.Log($"coordinator-{number}"))).ShouldBe(1);
        await StillProcess.SucceedAsync(["export", "first", _folder.Out("disturbed"), "--artifacts", cluster.Artifacts, .. elsewhere]);
        _folder.StudentDigest("disturbed").ShouldBe(_folder.StudentDigest("undisturbed"));
    }

    /// <summary>The log of a coordinator that began in the middle of the run, and brought it to its end.</summary>
    [GeneratedRegex(@"Run first goes on from fact \d+: ""Running"".*RunEnded \{", RegexOptions.Singleline)]
    private static partial Regex Successor();
}
