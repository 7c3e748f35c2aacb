using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Stillhouse.Hosting.Teaching;

/// <summary>Students of any process reach what this node serves at its gRPC server, whatever port that got.</summary>
public sealed class GrpcAddress(IServer server, IHostApplicationLifetime lifetime, NodeOptions node) : ITeachingAddress
{
    public async Task<Uri> GetAsync(CancellationToken cancellation)
    {
        await ServerStarted(cancellation);
        var bound = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return new UriBuilder(bound) { Host = node.Host }.Uri;
    }

    private async Task ServerStarted(CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }
}
