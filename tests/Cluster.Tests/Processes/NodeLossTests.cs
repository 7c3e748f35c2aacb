namespace Stillhouse.Cluster.Tests.Processes;

public sealed class NodeLossTests : IDisposable
{
    /// <summary>Every epoch shows the samples anew, so that the student needs its teachers to the end.</summary>
    private readonly RunFolder _folder = new(studentEpochs: 200, view: "shift");

    [Theory]
    [InlineData("teacher-2")]
    [InlineData("student-1")]
    [InlineData("coordinator-1")]
    public async Task Student_WithTheWeightsOfAnUndisturbedRun_ComesOfARunWhoseNodeIsKilled(string node)
    {
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("undisturbed"));

        await using var still = StillProcess.Start(
            "run", _folder.Spec, "--out", _folder.Out("disturbed"), "--nodes", "coordinators=1,teachers=3,students=1");
        await still.ReadUntilAsync("student: distils on student-1");
        UnixProcess.Signal(still.Nodes[node].ProcessId, UnixSignal.Kill);

        (await still.ExitAsync()).ShouldBe(0, still.Output);
        still.Output.ShouldContain($"{node} was killed by signal 9");
        _folder.StudentDigest("disturbed").ShouldBe(_folder.StudentDigest("undisturbed"));
    }

    public void Dispose() => _folder.Dispose();
}
