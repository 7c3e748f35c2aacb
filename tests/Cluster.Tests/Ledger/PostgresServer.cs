using System.Diagnostics;
using Npgsql;
using Stillhouse.Cli.Running;
using Stillhouse.Cluster.Tests.Processes;

namespace Stillhouse.Cluster.Tests.Ledger;

/// <summary>A real PostgreSQL server, with a data folder of its own below the temporary folder.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>PostgreSQL refuses to run as root; its package brings this user.</summary>
    private const string ServiceUser = "postgres";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillhouse-postgres-");
    private readonly string _programs;
    private readonly int _port = FreePorts.Take(1).Single();

    private PostgresServer(string programs) => _programs = programs;

    /// <summary>A server that runs. Where PostgreSQL is not installed, the test is skipped.</summary>
    public static async Task<PostgresServer> StartNewAsync()
    {
        var programs = FindPrograms();
        Assert.SkipWhen(programs is null, "PostgreSQL is not installed: neither /usr/lib/postgresql nor the PATH has initdb");
        var server = new PostgresServer(programs!);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                await server.ExecuteAsync("chown", ServiceUser, server._folder.FullName);
            }

            await server.RunAsync("initdb", "-D", server.Data, "-U", ServiceUser, "--auth=trust", "--no-sync");
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the last program said.</summary>
    private string Output => $"{_folder.FullName}.out";

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(Connection(ServiceUser));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return Connection(name);
    }

    /// <summary>Makes an empty ledger in a database of its own, with the command that its users have for that.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateLedgerAsync(string name)
    {
        var ledger = await CreateDatabaseAsync(name);
        await StillProcess.SucceedAsync("ledger", "create", "--ledger", ledger);
        return ledger;
    }

    public Task StartAsync() => RunAsync(
        "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder.FullName, "log"), "-o", $"-p {_port} -k {_folder.FullName} -c listen_addresses=127.0.0.1");

    /// <summary>As if the machine had failed: connections break, and the server recovers from its log when it starts.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "stop", "-w", "-D", Data, "-m", "immediate");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await StopAsync();
        }

        _folder.Delete(recursive: true);
        File.Delete(Output);
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={_port};Username={ServiceUser};Database={database}";

    private Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? ExecuteAsync("runuser", ["-u", ServiceUser, "--", path, .. arguments])
            : ExecuteAsync(path, arguments);
    }

    /// <summary>A server that is started holds on to its starter's output: it goes nowhere, so that its end is not waited for.</summary>
    private async Task ExecuteAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", Output, program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {await File.ReadAllTextAsync(Output)}");
    }

    private static string? FindPrograms()
    {
        var packaged = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return packaged.Concat(onPath).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }
}
