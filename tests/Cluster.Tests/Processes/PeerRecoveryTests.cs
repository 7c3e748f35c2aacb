using System.Text.Json.Nodes;

namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>Networks that learn side by side on several nodes: what is lost with a node, and what travels between them.</summary>
public sealed class PeerRecoveryTests : IDisposable
{
    private const string Online = "recipe: {kind: online, saveEvery: 20, lead: 5}";
    private const string Mutual = "recipe: {kind: mutual, saveEvery: 20, peers: [{count: 1, model: {kind: mlp, widths: [784, 40, 10], dropout: 0.1}}]}";
    private const string Stale = "recipe: {kind: codistillation, every: 7, burnIn: 20, saveEvery: 20, peers: [{model: {kind: mlp, widths: [784, 40, 10]}}]}";

    private RunFolder? _folder;

    [Theory]
    [InlineData(Online, 1)]
    [InlineData(Mutual, 0)]
    [InlineData(Stale, 0)]
    public async Task Everybody_HasTheWeightsOfAnUndisturbedRun_WhenNodesAreKilled(string recipe, int teachers)
    {
        _folder = RunFolder.SideBySide(epochs: 60, recipe, teachers);
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("undisturbed"));

        await using var still = StillProcess.Start(
            "run", _folder.Spec, "--out", _folder.Out("disturbed"), "--nodes", "coordinators=1,teachers=1,students=3");
        await still.ReadUntilAsync("student: epoch");
        await KillAsync(still, "student-1", "coordinator-1", "student-2", "student-3");

        (await still.ExitAsync()).ShouldBe(0, still.Output);
        Digests("disturbed").ShouldBe(Digests("undisturbed"));
        Digests("disturbed").Count.ShouldBe(2);
    }

    /// <summary>A coordinator that found nobody in time would form a cluster of its own, and the command wait for ever in the old one.</summary>
    [Fact]
    public async Task Coordinator_StartedAgainWhenTheCommandAloneAnswers_LetsTheRunGoOn()
    {
        _folder = RunFolder.SideBySide(epochs: 60, Mutual, teachers: 0);
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("undisturbed"));

        await using var still = StillProcess.Start(
            "run", _folder.Spec, "--out", _folder.Out("disturbed"), "--nodes", "coordinators=1,teachers=1,students=2");
        await still.ReadUntilAsync("student: epoch");
        UnixProcess.Signal(still.Nodes["teacher-1"].ProcessId, UnixSignal.Stop);
        await KillAsync(still, "student-1", "student-2", "coordinator-1");

        (await still.ExitAsync()).ShouldBe(0, still.Output);
        Digests("disturbed").ShouldBe(Digests("undisturbed"));
    }

    /// <summary>Each node hears two networks of the other node, once each, however many of its own ask.</summary>
    [Fact]
    public async Task FourPeersOnTwoNodes_SendEachOnesLogitsOncePerNode()
    {
        const int Epochs = 2;
        _folder = RunFolder.SideBySide(Epochs, "recipe: {kind: mutual, peers: [{count: 3, model: {kind: mlp, widths: [784, 40, 10]}}]}", teachers: 0);

        await StillProcess.SucceedAsync(
            "run", _folder.Spec, "--out", _folder.Out(), "--nodes", "coordinators=1,teachers=1,students=2");

        var report = _folder.Report("out");
        var received = report["peers"]!.AsArray().Select(Received).Append(Received(report)).Sum();
        var once = Epochs * RunFolder.TrainSamples * RunFolder.Classes * sizeof(float);
        received.ShouldBe(4 * once);
    }

    public void Dispose() => _folder?.Dispose();

    /// <summary>One after the other, as soon as another process has taken the place of the one before.</summary>
    private static async Task KillAsync(StillProcess still, params IEnumerable<string> nodes)
    {
        foreach (var node in nodes)
        {
            UnixProcess.Signal(still.Nodes[node].ProcessId, UnixSignal.Kill);
            await still.ReadUntilAsync($"started {node} ");
        }
    }

    private static long Received(JsonNode? network) => network!["lessons"]!["bytesReceived"]!.GetValue<long>();

    private IReadOnlyList<string> Digests(string name)
    {
        var report = _folder!.Report(name);
        return
        [
            .. report["teachers"]!.AsArray().Concat(report["peers"]?.AsArray() ?? []).Select(network => network!["digest"]!.GetValue<string>()),
            report["student"]!["digest"]!.GetValue<string>(),
        ];
    }
}
