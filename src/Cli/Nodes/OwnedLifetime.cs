using Microsoft.Extensions.Hosting;

namespace Stillhouse.Cli.Nodes;

/// <summary>For a node inside a command: it lives as long as its owner wants, whatever signals arrive.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
