using Npgsql;
using Stillhouse.Coordinator.Ledger;

namespace Stillhouse.Cluster.Tests.Ledger;

public sealed class LedgerInspectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillhouse-test-");

    private string LedgerFile => Path.Combine(_folder.FullName, "ledger.db");

    private LedgerAddress Address => LedgerAddress.File(LedgerFile);

    [Fact]
    public void AbsentFile_MayBeUsed_AndIsMadeOnlyWhenACoordinatorPrepares()
    {
        LedgerInspection.Inspect(Address).ShouldBeNull();
        File.Exists(LedgerFile).ShouldBeFalse();

        LedgerInspection.Prepare(Address).ShouldBeNull();
        File.Exists(LedgerFile).ShouldBeTrue();
        LedgerInspection.Inspect(Address).ShouldBeNull();
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefused_AndLeftAsItIs()
    {
        File.WriteAllText(LedgerFile, new string('x', 5000));

        var refusal = LedgerInspection.Prepare(Address).ShouldNotBeNull();

        refusal.Found.ShouldStartWith($"{LedgerFile}, which cannot be opened: ");
        refusal.Remedy.ShouldBe("restore the file from a copy, or name another with --ledger");
        File.ReadAllText(LedgerFile).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public void ForeignTables_AreRefusedByName()
    {
        var ledger = new WrittenLedger(LedgerFile);
        ledger.Execute("DROP TABLE journal");
        ledger.Execute("CREATE TABLE customers (id INTEGER)");

        LedgerInspection.Prepare(Address)!.Found.ShouldBe(
            $"{LedgerFile}, which has the tables customers, snapshot, stillhouse_ledger, tags, but not journal");
    }

    [Fact]
    public void VersionOfTheFuture_IsRefused()
    {
        new WrittenLedger(LedgerFile).Execute("UPDATE stillhouse_ledger SET version = 2");

        LedgerInspection.Prepare(Address).ShouldBe(new LedgerRefusal(
            "version 2 in the table stillhouse_ledger", "version 1", "start the version of still that wrote it, or a later one"));
    }

    [Theory]
    [InlineData("DELETE FROM stillhouse_ledger")]
    [InlineData("UPDATE stillhouse_ledger SET version = 0")]
    public void NoVersion_IsRefused(string sql)
    {
        new WrittenLedger(LedgerFile).Execute(sql);

        LedgerInspection.Prepare(Address)!.Found.ShouldBe("no version in the table stillhouse_ledger");
    }

    [Fact]
    public void FactsUnderUnknownNames_AreRefusedByName()
    {
        new WrittenLedger(LedgerFile).Add("run-a", 1, "ledger.trial-beamed/1", "{}");

        LedgerInspection.Prepare(Address).ShouldBe(new LedgerRefusal(
            "'ledger.trial-beamed/1' in the table journal",
            "facts that this version of still knows",
            "start the version of still that wrote them, or a later one"));
    }

    [Fact]
    public async Task CoordinatorsThatBeginInTheSameMoment_FindOneLedger()
    {
        var refusals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LedgerInspection.Prepare(Address))));

        refusals.ShouldAllBe(refusal => refusal == null);
    }

    [Fact]
    public async Task PostgreSql_WithoutTables_IsRefused_UntilTheyAreMade()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var address = LedgerAddress.Parse(await server.CreateDatabaseAsync("empty"));

        LedgerInspection.Prepare(address)!.Remedy.ShouldBe("make it with: still ledger create --ledger \"...\"");
        LedgerInspection.Create(address, out var made).ShouldBeNull();
        made.ShouldBeTrue();
        LedgerInspection.Prepare(address).ShouldBeNull();
        LedgerInspection.Create(address, out made).ShouldBeNull();
        made.ShouldBeFalse();

        await server.StopAsync();
        NpgsqlConnection.ClearAllPools();
        LedgerInspection.Prepare(address)!.Remedy.ShouldBe("start the server, grant access, or correct --ledger");
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
