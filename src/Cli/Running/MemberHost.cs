using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stillhouse.Cli.Nodes;
using Stillhouse.Hosting;
using Stillhouse.Hosting.Cluster;

namespace Stillhouse.Cli.Running;

/// <summary>This process as a member of a run's cluster.</summary>
internal sealed class MemberHost : IAsyncDisposable
{
    private readonly IHost _host;

    private MemberHost(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public IActorRef Coordinator => ActorRegistry.For(System).Get<CoordinatorKey>();

    /// <summary>Of the control plane.</summary>
    public int Port => Akka.Cluster.Cluster.Get(System).SelfAddress.Port!.Value;

    /// <summary>Whether the cluster has let this process in.</summary>
    public bool IsUp => Akka.Cluster.Cluster.Get(System).SelfMember.Status == Akka.Cluster.MemberStatus.Up;

    public static async Task<MemberHost> StartAsync(NodeOptions options, string logFile, CancellationToken cancellation)
    {
        var host = NodeHost.Build(options, logFile, NodeLifetime.Owner);
        try
        {
            await host.StartAsync(cancellation);
            return new MemberHost(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Completes with the reason in one line when this process is a member no longer, whoever decided so.</summary>
    public async Task<string> EndAsync()
    {
        await System.WhenTerminated;
        return "this process is no longer a member of the run's cluster";
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
