using Stillhouse.Cli.Running;

namespace Stillhouse.Cli.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string[] SmallQuickstart =>
        ["quickstart", "--out", _folder["out"], "--set", "data.train=20", "--set", "data.validation=10", "--set", "data.test=10"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Quickstart_ThatCompletes_PrintsTheTableAndLeavesTheResults()
    {
        using var console = new AConsole((_, _, folders) =>
        {
            AReport.WriteArtifacts(folders.Artifacts, "student", "baseline", "big");
            return new RunEnd.Completed(AReport.Of("big"));
        });

        (await console.InvokeAsync(SmallQuickstart)).ShouldBe(ExitCode.Success);

        console.Error.ShouldBeEmpty();
        console.Output.ShouldContain("20 training, 10 validation, 10 test samples");
        console.Output.ShouldContain($"wrote {_folder["out/report.json"]}");
        _folder.Files.ShouldBe(["out/baseline.safetensors", "out/big.safetensors", "out/report.json", "out/student.safetensors"]);
    }

    [Fact]
    public async Task Quickstart_TakesEveryOptionOfARun()
    {
        AdmittedRun? seen = null;
        NodeCounts? counts = null;
        using var console = new AConsole((run, nodes, _) =>
        {
            (seen, counts) = (run, nodes);
            return new RunEnd.Cancelled();
        });

        await console.InvokeAsync([.. SmallQuickstart, "--seed", "9", "--nodes", "teachers=3", "--set", "distillation.alpha=0.5"]);

        seen!.Spec.Seed.ShouldBe(9);
        seen.Spec.Distillation.Alpha.ShouldBe(0.5);
        counts.ShouldBe(new NodeCounts(1, 3, 1));
    }

    [Fact]
    public async Task Run_ThatFails_SaysTheCauseInOneLineAndWhereTheDetailsAre()
    {
        using var console = new AConsole((_, _, _) => new RunEnd.Failed("the disk is full"));

        (await console.InvokeAsync(SmallQuickstart)).ShouldBe(ExitCode.RunFailed);

        console.Error.ShouldStartWith($"failed: the disk is full{Environment.NewLine}details: {_folder["out"]}");
    }

    [Fact]
    public async Task Run_ThatIsInterrupted_HasNoResults()
    {
        using var console = new AConsole((_, _, _) => new RunEnd.Cancelled());

        (await console.InvokeAsync(SmallQuickstart)).ShouldBe(ExitCode.Interrupted);

        _folder.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WhoseResultsCannotBeWritten_KeepsTheWeights()
    {
        using var console = new AConsole((_, _, folders) =>
        {
            AReport.WriteArtifacts(folders.Artifacts, "student");
            return new RunEnd.Completed(AReport.Of("big"));
        });

        (await console.InvokeAsync(SmallQuickstart)).ShouldBe(ExitCode.RunFailed);

        console.Error.ShouldContain("the weights are kept in ");
        _folder.Files.ShouldHaveSingleItem().ShouldEndWith(".safetensors");
    }

    [Fact]
    public async Task Run_WithProblems_ListsThemAllAndStartsNothing()
    {
        using var console = new AConsole();

        (await console.InvokeAsync([.. SmallQuickstart, "--nodes", "coordinators=2", "--seed", "x", "--set", "distillation.alpha=2"]))
            .ShouldBe(ExitCode.BadInput);

        var lines = console.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[0].ShouldStartWith("--nodes coordinators: found 2;");
        lines[1].ShouldStartWith("--seed seed: found 'x';");
        lines[2].ShouldStartWith("--set distillation.alpha: found 2;");
        lines[3].ShouldBe("3 problems; nothing was started.");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_ThatBreaksUnexpectedly_SaysTheCauseFirst()
    {
        using var console = new AConsole((_, _, _) => throw new InvalidOperationException("a bug"));

        (await console.InvokeAsync(SmallQuickstart)).ShouldBe(ExitCode.RunFailed);

        console.Error.ShouldStartWith("failed: a bug");
    }
}
