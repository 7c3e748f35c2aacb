namespace Stillhouse.Cli.Tests.Commands;

public class UsageTests
{
    [Theory]
    [InlineData("run spec.yaml --sed 1", "--sed: found an unknown option; allowed ", "write '--seed'")]
    [InlineData("run spec.yaml --nods=3", "--nods=3: found an unknown option; allowed ", "write '--nodes'")]
    [InlineData("quickstrat", "quickstrat: found an unknown word; allowed ", "write 'quickstart'")]
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

    [Fact]
    public async Task NoCommand_IsBadInput()
    {
        using var console = new AConsole();

        (await console.InvokeAsync()).ShouldBe(ExitCode.BadInput);

        console.Error.ShouldContain("still --help");
    }
}
