using Stillhouse.Cli.Running;

namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>A cluster that outlives its commands, and the commands that talk to it.</summary>
public sealed class UpTests : IDisposable
{
    private readonly RunFolder _folder = new(studentEpochs: 2);
    private readonly string _address = $"127.0.0.1:{FreePorts.Take(1).Single()}";

    [Fact]
    public async Task Run_GivenToACluster_IsStartedOnce_AndExportedWithTheWeightsOfAnEmbeddedOne()
    {
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("embedded"));
        await using var up = StillProcess.Start(
            "up", "--dir", _folder.Out("cluster"), "--port", _address.Split(':')[1], "--nodes", "coordinators=1,teachers=3,students=1");
        await up.ReadUntilAsync("the cluster is up at");

        (await AskAsync("list")).Output.ShouldContain("no runs yet");
        (await AskAsync("submit", _folder.Spec, "--id", "first")).Output.ShouldContain("run first is recorded");
        (await AskAsync("submit", _folder.Spec, "--id", "first")).Output.ShouldContain("nothing was started");
        (await AskAsync("submit", _folder.Spec, "--id", "first", "--seed", "9")).Output.ShouldContain("choose another id");
        var watched = await AskAsync("watch", "first");
        watched.ExitCode.ShouldBe(0, watched.Output);
        watched.Output.ShouldContain("run first has completed");

        (await AskAsync("list")).Output.ShouldContain("has completed");
        var unknown = await AskAsync("status", "frist");
        unknown.ExitCode.ShouldBe(3, unknown.Output);
        unknown.Output.ShouldContain("did you mean first?");
        var paused = await AskAsync("pause", "first");
        paused.ExitCode.ShouldBe(1);
        paused.Output.ShouldContain("run first has completed; pause changes nothing");
        var exported = await AskAsync(
            "export", "first", _folder.Out("exported"), "--artifacts", Path.Combine(_folder.Out("cluster"), "artifacts"));
        exported.ExitCode.ShouldBe(0, exported.Output);
        _folder.StudentDigest("exported").ShouldBe(_folder.StudentDigest("embedded"));

        up.Signal(UnixSignal.Interrupt);
        (await up.ExitAsync()).ShouldBe(0, up.Output);
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int ExitCode, string Output)> AskAsync(params string[] arguments) =>
        StillProcess.RunAsync([.. arguments, "--cluster", _address]);
}
