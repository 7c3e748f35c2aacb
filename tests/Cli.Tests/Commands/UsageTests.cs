namespace Stillhouse.Cli.Tests.Commands;

public class UsageTests
{
    [Theory]
    [InlineData("run spec.yaml --sed 1", "--sed: found an unknown option; allowed ", "write '--seed'")]
    [InlineData("run spec.yaml --nods=3", "--nods=3: found an unknown option; allowed ", "write '--nodes'")]
    [InlineData("quickstrat", "quickstrat: found an unknown word; allowed ", "write 'quickstart'")]
    [InlineData("run --sed 1", "--sed: found an unknown option; allowed ", "write '--seed'")]
    [InlineData("node teahcer --port 1", "teahcer: found an unknown word; allowed ", "write 'teacher'")]
    [InlineData("run", "Required argument 'SPEC' missing for command: 'run'.", "See still run --help; nothing was started.")]
    [InlineData("eval w.safetensors", "Option '--model' is required.", "See still eval --help; nothing was started.")]
    [InlineData("run spec.yaml --out", "Required argument missing for option: '--out'.", "See still run --help; nothing was started.")]
    public async Task Usage_ThatIsWrong_SaysWhatAndWhatElse(string commandLine, string finding, string remedy)
    {
        using var console = new AConsole();

        (await console.InvokeAsync(commandLine.Split(' '))).ShouldBe(ExitCode.BadInput);

        console.Error.ShouldStartWith(finding);
        console.Error.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("quickstrat x y")]
    [InlineData("run --sed 1")]
    [InlineData("run spec.yaml --sed 1")]
    [InlineData("run spec.yaml extra more")]
    public async Task Usage_WithOneThingWrong_SaysOneThing(string commandLine)
    {
        using var console = new AConsole();

        await console.InvokeAsync(commandLine.Split(' '));

        console.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Fact]
    public async Task NoCommand_IsBadInput()
    {
        using var console = new AConsole();

        (await console.InvokeAsync()).ShouldBe(ExitCode.BadInput);

        console.Error.ShouldContain("still --help");
    }
}
