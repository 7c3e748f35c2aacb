using Akka.Cluster.Hosting;
using Akka.Hosting;
using Stillhouse.Hosting;
using Stillhouse.Hosting.Cluster;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Coordinator;

/// <summary>What a node does in the role of coordinator.</summary>
public static class CoordinatorRole
{
    public static AkkaConfigurationBuilder WithCoordinator(this AkkaConfigurationBuilder akka, NodeOptions options, TimeProvider time)
    {
        // A node that trains students itself has registered the region under the same key.
        if (!options.Has(NodeRole.Student))
        {
            akka.WithShardRegionProxy<TrialRegionKey>(TrialRegionKey.TypeName, NodeRole.Student, new TrialMessageExtractor());
        }

        return akka.WithSingleton<CoordinatorKey>(
            CoordinatorKey.SingletonName,
            (_, registry, _) => CoordinatorActor.Props(time, registry.Get<TrialRegionKey>()),
            new ClusterSingletonOptions { Role = NodeRole.Coordinator });
    }
}
