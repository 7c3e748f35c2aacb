namespace Stillhouse.Cli.Tests.Commands;

public sealed class PlanCommandTests : IDisposable
{
    /// <summary>Names data and weights that are not there.</summary>
    private const string Spec =
        """
        name: small
        data: {kind: idx, path: nowhere}
        teachers:
          - {name: big, model: {kind: mlp, widths: [784, 30, 10]}, weights: nowhere.safetensors}
        student:
          model: {kind: mlp, widths: [784, 5, 10]}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _spec;

    public PlanCommandTests() => _spec = _folder.Write("spec.yaml", Spec);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plan_PrintsATableWithoutLookingAtDataOrWeights()
    {
        var lines = await LinesAsync(_spec);

        lines[0].ShouldBe("small: 4 stages on 3 levels; those of one level can run side by side");
        lines.ShouldContain("2      student   distill   weights                big");
        _folder.Files.ShouldBe(["spec.yaml"]);
    }

    [Fact]
    public async Task Plan_AsMermaid_IsAFlowchartAndNothingElse()
    {
        var lines = await LinesAsync(_spec, "--mermaid");

        lines[0].ShouldBe("flowchart LR");
        lines.ShouldContain("  s1 -- soft targets --> s3");
    }

    [Fact]
    public async Task Plan_TakesTheOptionsThatChangeASpec()
    {
        var lines = await LinesAsync(_spec, "--seed", "9", "--data", _folder["elsewhere"], "--set", "teachers[0].name=grand");

        lines.ShouldContain(line => line.Contains("grand"));
    }

    [Fact]
    public async Task Plan_OfASpecWithProblems_ListsThemAllAndPrintsNoPlan()
    {
        using var console = new AConsole();

        (await console.InvokeAsync("plan", _spec, "--seed", "x", "--set", "distillation.alpha=2", "--set", "student.model.widths=[784, 5, 3]"))
            .ShouldBe(ExitCode.BadInput);

        console.Output.ShouldBeEmpty();
        var lines = console.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[0].ShouldStartWith("--seed seed: found 'x';");
        lines[1].ShouldStartWith("--set distillation.alpha: found 2;");
        lines[2].ShouldStartWith("--set student.model.widths[2]: found 3 classes;");
        lines[3].ShouldBe("3 problems; nothing was started.");
    }

    [Fact]
    public async Task Plan_OfAFileThatIsNotThere_SaysSo()
    {
        using var console = new AConsole();

        (await console.InvokeAsync("plan", _folder["no.yaml"])).ShouldBe(ExitCode.BadInput);

        console.Error.ShouldStartWith($"{_folder["no.yaml"]}: found no such file;");
    }

    private static async Task<string[]> LinesAsync(params string[] arguments)
    {
        using var console = new AConsole();
        (await console.InvokeAsync(["plan", .. arguments])).ShouldBe(ExitCode.Success, console.Error);
        return console.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
