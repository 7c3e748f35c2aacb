using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Stillhouse.Cli.Nodes;

/// <summary>What ends a node.</summary>
public enum NodeLifetime
{
    /// <summary>SIGINT or SIGTERM: a person or a container runtime.</summary>
    Signals = 1,

    /// <summary>The end of standard input: the process that started it.</summary>
    Parent = 2,

    /// <summary>The command within whose process it runs.</summary>
    Owner = 3,
}

internal static class NodeLifetimes
{
    public static IServiceCollection AddLifetime(this IServiceCollection services, NodeLifetime lifetime) => lifetime switch
    {
        NodeLifetime.Parent => services.Replace(ServiceDescriptor.Singleton<IHostLifetime, ParentLifeline>()),
        NodeLifetime.Owner => services.Replace(ServiceDescriptor.Singleton<IHostLifetime, OwnedLifetime>()),
        _ => services,
    };
}
