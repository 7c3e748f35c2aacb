namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>Chains of students whose nodes are killed: each of those in between is lost once while it learns, and once while it teaches.</summary>
public sealed class ChainRecoveryTests : IDisposable
{
    private RunFolder? _folder;

    [Theory]
    [InlineData("first", """
        recipe:
          kind: progressive
          assistants:
            - name: first
              model: {kind: mlp, widths: [784, 45, 10]}
              training: {epochs: 60, batchSize: 64, view: {kind: shift}}
        """)]
    [InlineData("generation-1", "recipe: {kind: born-again, generations: 2}")]
    public async Task Student_WithTheWeightsOfAnUndisturbedRun_ComesOfAChainWhoseNodesAreKilled(string predecessor, string recipe)
    {
        _folder = new RunFolder(studentEpochs: 60, view: "shift", more: recipe);
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("undisturbed"));

        await using var still = StillProcess.Start(
            "run", _folder.Spec, "--out", _folder.Out("disturbed"), "--nodes", "coordinators=1,teachers=2,students=1");
        await still.ReadUntilAsync($"{predecessor}: distils on student-1");
        await KillAsync(still, "student-1");
        await still.ReadUntilAsync("student: distils on student-1");
        foreach (var node in new[] { "teacher-1", "teacher-2", "coordinator-1" })
        {
            await KillAsync(still, node);
        }

        (await still.ExitAsync()).ShouldBe(0, still.Output);
        _folder.StudentDigest("disturbed").ShouldBe(_folder.StudentDigest("undisturbed"));
        Predecessors("disturbed").ShouldBe(Predecessors("undisturbed"));
    }

    public void Dispose() => _folder?.Dispose();

    private static async Task KillAsync(StillProcess still, string node)
    {
        UnixProcess.Signal(still.Nodes[node].ProcessId, UnixSignal.Kill);
        await still.ReadUntilAsync($"started {node} ");
    }

    private IEnumerable<string> Predecessors(string name) =>
        _folder!.Report(name)["predecessors"]!.AsArray().Select(network => $"{network!["name"]} {network["digest"]}");
}
