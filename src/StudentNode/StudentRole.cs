using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Hosting;
using Stillhouse.Hosting.Cluster;
using Stillhouse.Hosting.Registration;
using Stillhouse.Messages.Nodes;
using Stillhouse.StudentNode.Learning;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.StudentNode;

/// <summary>What a node does in the role of student.</summary>
public static class StudentRole
{
    /// <summary>Expects datasets, the artifact store, checkpoints, the address of served teachers and a clock among the services.</summary>
    public static IServiceCollection AddStudents(this IServiceCollection services) =>
        services
            .AddTeacherPool()
            .AddLessonLines()
            .AddSingleton<TaughtFeeds>()
            .AddSingleton<EnsembleLearning>()
            .AddSingleton<PeerWorkshop>()
            .AddSingleton<Examination>()
            .AddSingleton<StudentWorkshop>();

    /// <summary>
    /// Two nodes that both place shards for a moment do no harm: a trial is begun only where its lease says. So the next one need not
    /// wait until the last one has surely noticed that it is out.
    /// </summary>
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(1);

    public static AkkaConfigurationBuilder WithStudents(this AkkaConfigurationBuilder akka, NodeOptions options, StudentWorkshop workshop) =>
        akka
            .WithActors((system, registry) => registry.Register<TrialRegionKey>(ClusterSharding.Get(system).Start(
                TrialRegionKey.TypeName,
                _ => TrialActor.Props(options.Name, registry.Get<CoordinatorKey>(), workshop),
                Settings(system),
                new TrialMessageExtractor(),
                new LeasedAllocation(region => NodeNames.Of(region, Akka.Cluster.Cluster.Get(system))),
                PoisonPill.Instance)))
            .AddStartup((system, registry) => system.ActorOf(
                NodeRegistrar.Props(registry.Get<CoordinatorKey>(), new NodeProtocol.RegisterNode(options.Name, NodeRole.Student, options.Threads)),
                "student-registrar"));

    private static ClusterShardingSettings Settings(ActorSystem system)
    {
        var settings = ClusterShardingSettings.Create(system).WithRole(NodeRole.Student);
        return settings.WithCoordinatorSingletonSettings(settings.CoordinatorSingletonSettings.WithRemovalMargin(HandOver));
    }
}
