using System.Net.Sockets;

namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>However a run of real processes ends, nothing of it stays behind.</summary>
public sealed class EndingTests : IDisposable
{
    /// <summary>The longest that a failure may take to end the command.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly RunFolder _folder = new(studentEpochs: 20_000);

    [Theory]
    [InlineData(UnixSignal.Interrupt)]
    [InlineData(UnixSignal.Terminate)]
    [InlineData(UnixSignal.HangUp)]
    internal async Task Signal_Once_EndsEverythingInOrder(UnixSignal signal)
    {
        await using var still = await DistillingAsync();
        still.Signal(signal);

        (await still.ExitAsync()).ShouldBe(130, still.Output);
        still.Output.ShouldContain("interrupted: there are no results.");
        await NothingStaysAsync(still);
    }

    [Fact]
    public async Task Signal_Twice_KillsEverythingAtOnce()
    {
        await using var still = await DistillingAsync();
        // A node that hears nothing any more would hold up an orderly end.
        UnixProcess.Signal(still.Nodes["teacher-1"].ProcessId, UnixSignal.Stop);
        still.Signal(UnixSignal.Interrupt);
        await still.ReadUntilAsync("interrupted: stopping");
        still.Signal(UnixSignal.Interrupt);

        (await still.ExitAsync()).ShouldBe(130, still.Output);
        still.Output.ShouldNotContain("did not stop within");
        await NothingStaysAsync(still);
    }

    [Fact]
    public async Task Node_ThatDoesNotStop_IsKilledVisibly()
    {
        await using var still = await DistillingAsync();
        UnixProcess.Signal(still.Nodes["teacher-1"].ProcessId, UnixSignal.Stop);
        still.Signal(UnixSignal.Interrupt);

        (await still.ExitAsync()).ShouldBe(130, still.Output);
        still.Output.ShouldContain("teacher-1 did not stop within 15 s and is killed");
        await NothingStaysAsync(still);
    }

    [Fact]
    public async Task Student_KilledAgainAndAgain_EndsTheRunWithItsName()
    {
        await using var still = await DistillingAsync();
        for (var restarts = 0; restarts < 3; restarts++)
        {
            UnixProcess.Signal(still.Nodes["student-1"].ProcessId, UnixSignal.Kill);
            await still.ReadUntilAsync("another process takes its place");
            await still.ReadUntilAsync("student-1 (process");
        }

        UnixProcess.Signal(still.Nodes["student-1"].ProcessId, UnixSignal.Kill);
        (await still.ExitAsync()).ShouldBe(1, still.Output);
        still.Output.ShouldContain("failed: node student-1 was killed by signal 9");
        await NothingStaysAsync(still);
    }

    [Fact]
    public async Task Command_Killed_TakesItsNodesAlong()
    {
        await using var still = await DistillingAsync();
        still.Signal(UnixSignal.Kill);

        await still.ExitAsync();
        await NoProcessStaysAsync(still);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<StillProcess> DistillingAsync()
    {
        var still = StillProcess.Start(
            "run", _folder.Spec, "--out", _folder.Out(), "--nodes", "coordinators=1,teachers=3,students=1");
        await still.ReadUntilAsync("student: distils on student-1");
        still.Nodes.Count.ShouldBe(5);
        foreach (var teacher in (string[])["teacher-1", "teacher-2", "teacher-3"])
        {
            still.Output.ShouldContain($"{teacher}: trains on {teacher}");
        }

        return still;
    }

    private async Task NothingStaysAsync(StillProcess still)
    {
        await NoProcessStaysAsync(still);
        _folder.Leftovers().ShouldBeEmpty();
    }

    private static async Task NoProcessStaysAsync(StillProcess still)
    {
        foreach (var (name, node) in still.Nodes)
        {
            (await UnixProcess.EndsWithinAsync(node.ProcessId, Limit)).ShouldBeTrue($"{name} goes on: {still.Output}");
            using var client = new TcpClient();
            await Should.ThrowAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", node.Port));
        }
    }
}
