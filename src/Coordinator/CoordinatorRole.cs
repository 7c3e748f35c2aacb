using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Pattern;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Hosting;
using Stillhouse.Hosting.Clients;
using Stillhouse.Hosting.Cluster;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Coordinator;

/// <summary>What a node does in the role of coordinator.</summary>
public static class CoordinatorRole
{
    /// <exception cref="FormatException">The ledger of <paramref name="options"/> is no address.</exception>
    public static AkkaConfigurationBuilder WithCoordinator(this AkkaConfigurationBuilder akka, NodeOptions options, TimeProvider time)
    {
        // A node that trains students itself has registered the region under the same key.
        if (!options.Has(NodeRole.Student))
        {
            akka.WithShardRegionProxy<TrialRegionKey>(TrialRegionKey.TypeName, NodeRole.Student, new TrialMessageExtractor());
        }

        return akka
            .WithLedger(LedgerAddress.Of(options))
            .WithSingleton<CoordinatorKey>(
                CoordinatorKey.SingletonName,
                (_, registry, _) => BackoffSupervisor.Props(Backoff.OnStop(
                    CoordinatorActor.Props(time, registry.Get<TrialRegionKey>(), Path.GetFullPath(options.ArtifactFolder)),
                    "catalogue",
                    minBackoff: TimeSpan.FromSeconds(1),
                    maxBackoff: TimeSpan.FromSeconds(10),
                    randomFactor: 0.2,
                    maxNrOfRetries: -1)),
                new ClusterSingletonOptions { Role = NodeRole.Coordinator })
            .WithClientDoor();
    }
}
