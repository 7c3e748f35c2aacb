using System.Globalization;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Transport.Serialization;

namespace Stillhouse.Benchmarks.Scale;

/// <summary>An actor system that keeps its facts as a coordinator does, without a cluster around it.</summary>
internal sealed class LedgerNode : IAsyncDisposable
{
    private readonly IHost _host;

    private LedgerNode(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public static async Task<LedgerNode> StartAsync(LedgerAddress address)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka("scale", (akka, _) => akka
            .AddHocon("akka { loglevel = ERROR, stdout-loglevel = OFF }", HoconAddMode.Prepend)
            .AddSetup(ProtocolSerialization.Setup)
            .WithLedger(address));
        var host = builder.Build();
        await host.StartAsync();
        return new LedgerNode(host);
    }

    /// <summary>How many facts the ledger holds.</summary>
    public static long Facts(LedgerAddress address)
    {
        using var connection = address.Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM journal";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>On the disk, with what has not been moved into the file yet.</summary>
    public static long Bytes(string ledger) =>
        new[] { ledger, $"{ledger}-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        SqliteConnection.ClearAllPools();
    }
}
