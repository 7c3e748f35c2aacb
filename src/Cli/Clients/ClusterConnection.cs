using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stillhouse.Cli.Running;
using Stillhouse.Cli.Views;
using Stillhouse.Hosting.Clients;
using Stillhouse.Hosting.Cluster;
using Stillhouse.Messages;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Transport.Serialization;
using static Stillhouse.Messages.Runs.CatalogueProtocol;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Clients;

/// <summary>This process as a client of a cluster, of which it is no member.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _address;
    private readonly IHost _host;

    private ClusterConnection(string address, IHost host)
    {
        (_address, _host) = (address, host);
        var client = System.ActorOf(ClusterClient.Props(
            ClusterClientSettings.Create(System).WithInitialContacts([ClientDoor.ReceptionistAt(address)])));
        Coordinator = System.ActorOf(CoordinatorRelay.Props(client));
    }

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    /// <summary>Stands for the coordinator: what it is told reaches it, and answers come back to the sender.</summary>
    public IActorRef Coordinator { get; }

    /// <param name="address">A coordinator's <c>host:port</c>.</param>
    public static async Task<ClusterConnection> OpenAsync(string address, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka(ActorSystemName.Value, (akka, _) => akka
            .AddHocon(
                """
                akka {
                  loglevel = OFF
                  stdout-loglevel = OFF
                  stdout-logger-class = "Stillhouse.Hosting.Logging.SilentLogger, Stillhouse.Hosting"
                  log-dead-letters = off
                  cluster.client { use-legacy-serialization = off, establishing-get-contacts-interval = 1s, reconnect-timeout = off }
                }
                """,
                HoconAddMode.Prepend)
            .AddHocon(ClusterClientReceptionist.DefaultConfig().WithFallback(DistributedPubSub.DefaultConfig()), HoconAddMode.Append)
            .AddSetup(ProtocolSerialization.Setup)
            .WithStrictSerialization(true)
            .WithRemoting(OwnAddress(address), 0));
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return new ClusterConnection(address, host);
    }

    /// <summary>Asks until there is an answer.</summary>
    /// <exception cref="ClusterSilentException">Nobody answered in time.</exception>
    public async Task<IProtocolMessage> AskAsync(IProtocolMessage question, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<IProtocolMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var inquiry = System.ActorOf(Inquiry.Props(Coordinator, question, answer));
        try
        {
            return await answer.Task.WaitAsync(Patience, TimeProvider.System, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new ClusterSilentException(
                $"no coordinator answered at {_address} within {Patience.TotalSeconds:0} s; start a cluster with still up, or name it with {ClusterOption.Name}", e);
        }
        finally
        {
            System.Stop(inquiry);
        }
    }

    /// <summary>How a run ended; that it has not, where it has not been heard to.</summary>
    public async Task<IRunMessage> EndOfAsync(RunId run, CancellationToken cancellation)
    {
        var first = await AskAsync(new WatchRun(run), cancellation);
        if (first is not RunChanged { Snapshot.Status: RunStatus.Completed })
        {
            return (IRunMessage)first;
        }

        var end = new TaskCompletionSource<IRunMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        System.ActorOf(RunFollower.Props(Coordinator, new WatchRun(run), new NoView(), end));
        return await end.Task.WaitAsync(Patience, TimeProvider.System, cancellation);
    }

    /// <summary>The folder of the cluster's artifacts, as its coordinator calls it.</summary>
    public async Task<string> ArtifactsAsync(CancellationToken cancellation) =>
        ((ArtifactsLocated)await AskAsync(new LocateArtifacts(), cancellation)).Folder;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    /// <summary>The address of this machine that the coordinator can answer to.</summary>
    private static string OwnAddress(string coordinator)
    {
        var host = coordinator[..coordinator.LastIndexOf(':')];
        using var probe = new Socket(SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(host, 9);
        var own = ((IPEndPoint)probe.LocalEndPoint!).Address;
        return (own.IsIPv4MappedToIPv6 ? own.MapToIPv4() : own).ToString();
    }
}

/// <summary>For who wants to know the end alone.</summary>
internal sealed class NoView : IRunView
{
    public void Show(RunSnapshot snapshot)
    {
    }

    public void Note(string line)
    {
    }
}

/// <summary>Nobody answers where a cluster should be; the message says where, and what to do.</summary>
internal sealed class ClusterSilentException(string message, Exception cause) : Exception(message, cause);
