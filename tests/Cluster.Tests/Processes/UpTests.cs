using Stillhouse.Cli.Running;

namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>A cluster that outlives its commands, and the commands that talk to it.</summary>
public sealed class UpTests : IDisposable
{
    private readonly RunFolder _folder = new(studentEpochs: 2, view: "shift", more: """
        sweep:
          parameters:
            - {kind: choice, path: distillation.temperature, values: [2, 8]}
          parallel: 1
        """);

    private readonly string _address = $"127.0.0.1:{FreePorts.Take(1).Single()}";

    [Fact]
    public async Task Run_GivenToACluster_IsStartedOnce_AndExportedWithTheWeightsOfAnEmbeddedOne()
    {
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("embedded"));
        await using var up = await UpAsync();

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
        (await AskAsync("trials", "first")).Output.ShouldContain("temperature=8");
        (await AskAsync("sweep", "best", "first")).Output.ShouldContain("best by accuracy of 2 trials");
        var logs = await AskAsync("logs", "first");
        logs.Output.ShouldContain("teacher-1 has finished");
        logs.Output.ShouldContain("student-2 is proposed: temperature=8");
        logs.Output.ShouldEndWith("the run has completed");
        (await AskAsync("logs", "first", "--trouble")).Output.ShouldBe("nothing has been lost or broken so far");
        var oneTrial = await AskAsync("logs", "first", "student-2");
        oneTrial.Output.ShouldContain("student-2 is proposed: temperature=8");
        oneTrial.Output.ShouldNotContain("teacher-1");
        var noTrial = await AskAsync("logs", "first", "studnet-2");
        noTrial.ExitCode.ShouldBe(3, noTrial.Output);
        noTrial.Output.ShouldContain("run first has no trial studnet-2; did you mean student-2 or student-1?");
        (await AskAsync("export", "first", _folder.Out("exported"))).ExitCode.ShouldBe(0);
        _folder.TrialDigests("exported").ShouldBe(_folder.TrialDigests("embedded"));
        var compared = await AskAsync("compare", "first", _folder.Out("exported"));
        compared.ExitCode.ShouldBe(0, compared.Output);
        compared.Output.ShouldContain("A: 1 run, first (seed 1)");
        compared.Output.ShouldContain("0.00 % between A and B");
        var compareUnknown = await AskAsync("compare", "first", "frist");
        compareUnknown.ExitCode.ShouldBe(3, compareUnknown.Output);
        compareUnknown.Output.ShouldContain("there is no run frist; did you mean first?");

        up.Signal(UnixSignal.Interrupt);
        (await up.ExitAsync()).ShouldBe(0, up.Output);
    }

    [Fact]
    public async Task Run_PausedInItsMiddleAndResumed_HasTheWeightsOfAnUndisturbedOne()
    {
        string[] longer = ["--set", "student.training.epochs=300"];
        await StillProcess.SucceedAsync(["run", _folder.Spec, "--out", _folder.Out("undisturbed"), .. longer]);
        await using var up = await UpAsync();
        (await AskAsync(["submit", _folder.Spec, "--id", "first", .. longer])).ExitCode.ShouldBe(0);
        await using (var watch = StillProcess.Start("watch", "first", "--cluster", _address))
        {
            await watch.ReadUntilAsync("student-1: distils");
        }

        (await AskAsync("pause", "first")).Output.ShouldContain("run first is paused");
        (await AskAsync("pause", "first")).Output.ShouldContain("run first is paused already");
        (await AskAsync("status", "first")).Output.ShouldContain("until the run is resumed");
        (await AskAsync("resume", "first")).Output.ShouldContain("run first runs");
        var watched = await AskAsync("watch", "first");

        watched.ExitCode.ShouldBe(0, watched.Output);
        (await AskAsync("logs", "first")).Output.ShouldContain("the run is resumed");
        (await AskAsync("export", "first", _folder.Out("paused"))).ExitCode.ShouldBe(0);
        _folder.TrialDigests("paused").ShouldBe(_folder.TrialDigests("undisturbed"));
    }

    [Fact]
    public async Task Cluster_InAFolderThatAnotherOneUses_IsRefused()
    {
        await using var up = await UpAsync();

        var second = await StillProcess.RunAsync("up", "--dir", _folder.Out("cluster"), "--port", $"{FreePorts.Take(1).Single()}");

        second.ExitCode.ShouldBe(2, second.Output);
        second.Output.ShouldContain("which another cluster uses");
    }

    [Fact]
    public async Task Command_WhoseClusterIsNotThere_SaysWhereItAsked()
    {
        var (code, output) = await AskAsync("list");

        code.ShouldBe(1, output);
        output.ShouldContain($"failed: no coordinator answered at {_address} within 20 s; start a cluster with still up, or name it with --cluster");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<StillProcess> UpAsync()
    {
        var up = StillProcess.Start(
            "up", "--dir", _folder.Out("cluster"), "--port", _address.Split(':')[1], "--nodes", "coordinators=1,teachers=2,students=1");
        await up.ReadUntilAsync("the cluster is up at");
        return up;
    }

    private Task<(int ExitCode, string Output)> AskAsync(params string[] arguments) =>
        StillProcess.RunAsync([.. arguments, "--cluster", _address]);
}
