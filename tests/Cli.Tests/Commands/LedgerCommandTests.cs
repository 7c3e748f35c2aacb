namespace Stillhouse.Cli.Tests.Commands;

public sealed class LedgerCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_MakesALedger_AndLeavesItAloneTheNextTime()
    {
        (await RunAsync("create", "--ledger", _folder["ledger.db"])).Output.ShouldBe($"made the ledger {_folder["ledger.db"]}, of version 1");
        (await RunAsync("create", "--ledger", _folder["ledger.db"])).Output.ShouldBe($"the ledger {_folder["ledger.db"]} is there already; nothing was changed");
    }

    [Fact]
    public async Task Create_OverAFileThatIsNoLedger_IsRefused()
    {
        var file = _folder.Write("notes.txt", new string('x', 5000));

        var (code, _, error) = await RunAsync("create", "--ledger", file);

        code.ShouldBe(ExitCode.BadInput);
        error.ShouldStartWith($"--ledger: found {file}, which cannot be opened: ");
        File.ReadAllText(file).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task Create_BelowAFile_IsRefused()
    {
        var file = _folder.Write("file", "");

        (await RunAsync("create", "--ledger", Path.Combine(file, "ledger.db"))).Error.ShouldStartWith("--ledger: found ");
    }

    [Theory]
    [InlineData("sqlite", "BEGIN IMMEDIATE;")]
    [InlineData("postgresql", "GENERATED ALWAYS AS IDENTITY")]
    public async Task Schema_IsSqlOfItsDatabase(string kind, string part)
    {
        var (code, output, _) = await RunAsync("schema", kind);

        code.ShouldBe(ExitCode.Success);
        output.ShouldContain("CREATE TABLE journal");
        output.ShouldContain(part);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var console = new AConsole();
        var code = await console.InvokeAsync(["ledger", .. arguments]);
        return (code, console.Output.TrimEnd(), console.Error);
    }
}
