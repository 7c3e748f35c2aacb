namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>The short form of the benchmark <c>recovery</c>: a sweep whose nodes are killed one after the other.</summary>
public sealed class SweepRecoveryTests : IDisposable
{
    private const int Seed = 7;
    private const int Kills = 4;

    private static readonly string[] Nodes = ["coordinator-1", "teacher-1", "teacher-2", "teacher-3", "student-1", "student-2"];

    private readonly RunFolder _folder = new(studentEpochs: 80, view: "shift", more: """
        sweep:
          parameters:
            - {kind: choice, path: distillation.temperature, values: [2, 8]}
            - {kind: choice, path: student.training.optimizer.rate, values: [0.0005, 0.002]}
          parallel: 2
        """);

    [Fact]
    public async Task EveryTrial_OfASweepWhoseNodesAreKilled_HasTheWeightsOfAnUndisturbedOne()
    {
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("undisturbed"));

        await using var still = StillProcess.Start(
            "run", _folder.Spec, "--out", _folder.Out("disturbed"), "--nodes", "coordinators=1,teachers=3,students=2");
        await still.ReadUntilAsync("student-1: distils");
        TestContext.Current.SendDiagnosticMessage($"seed {Seed}");
        var random = new Random(Seed);
        foreach (var node in Enumerable.Range(0, Kills).Select(_ => Nodes[random.Next(Nodes.Length)]))
        {
            UnixProcess.Signal(still.Nodes[node].ProcessId, UnixSignal.Kill);
            await still.ReadUntilAsync($"started {node} ");
        }

        (await still.ExitAsync()).ShouldBe(0, still.Output);
        _folder.TrialDigests("disturbed").ShouldBe(_folder.TrialDigests("undisturbed"));
        _folder.TrialDigests("disturbed").Count.ShouldBe(4);
    }

    public void Dispose() => _folder.Dispose();
}
