using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Messages.Nodes;
using Stillhouse.Transport.Serialization;

namespace Stillhouse.Hosting.Cluster;

/// <summary>Makes a host a member of the cluster.</summary>
public static class StillhouseNode
{
    /// <summary>
    /// Adds the actor system with remoting, clustering, strict serialization and the way to the coordinator; what the
    /// node does in its roles is added by <paramref name="roles"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The number of coordinators would not survive a partition.</exception>
    public static IServiceCollection AddStillhouseNode(
        this IServiceCollection services, NodeOptions options, Action<AkkaConfigurationBuilder, IServiceProvider> roles)
    {
        if (SplitBrain.Refusal(options.Coordinators) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(options));
        }

        return services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddAkka(ActorSystemName.Value, (akka, provider) =>
            {
                akka.AddHocon(BaseConfiguration(), HoconAddMode.Prepend)
                    .AddHocon(
                        $$"""
                        akka.cluster {
                          split-brain-resolver {
                            stable-after = {{SplitBrain.StableAfter(options.Coordinators).TotalSeconds}}s
                            down-all-when-unstable = {{(SplitBrain.EndsWhenUnstable(options) ? "on" : "off")}}
                          }
                          seed-node-timeout = {{SeedTimeout(options).TotalSeconds}}s
                        }
                        """,
                        HoconAddMode.Prepend)
                    .AddSetup(ProtocolSerialization.Setup)
                    .WithStrictSerialization(true)
                    .ConfigureLoggers(loggers =>
                    {
                        loggers.ClearLoggers();
                        loggers.AddLoggerFactory();
                    })
                    .WithRemoting(options.Host, options.Port, options.Host)
                    .WithClustering(new ClusterOptions
                    {
                        Roles = [.. options.Roles, NodeNames.RoleOf(options.Name)],
                        // Only a node that is its own first seed ever forms a cluster: who is told of members must find them instead.
                        SeedNodes = [.. options.Peers.Concat(options.Seeds).Select(ActorSystemName.AddressOf)],
                        SplitBrainResolver = SplitBrain.Resolver(options),
                    });
                if (!options.Has(NodeRole.Coordinator))
                {
                    akka.WithSingletonProxy<CoordinatorKey>(
                        CoordinatorKey.SingletonName, new ClusterSingletonOptions { Role = NodeRole.Coordinator });
                }

                roles(akka, provider);
                if (options.Seeds.Count == 0)
                {
                    akka.AddStartup((system, _) =>
                    {
                        var cluster = Akka.Cluster.Cluster.Get(system);
                        cluster.Join(cluster.SelfAddress);
                    });
                }
            });
    }

    /// <summary>
    /// How long a node waits for an answer of its seeds. One that may form a cluster must not do so because busy members were slow to
    /// answer; any other only asks again.
    /// </summary>
    private static TimeSpan SeedTimeout(NodeOptions options) =>
        TimeSpan.FromSeconds(options.Has(NodeRole.Coordinator) && options.Peers.Count == 0 ? 15 : 5);

    private static Config BaseConfiguration()
    {
        using var stream = typeof(StillhouseNode).Assembly.GetManifestResourceStream("akka.conf")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
