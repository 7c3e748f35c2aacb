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
    /// <summary>Expects datasets, the artifact store, checkpoints and a clock among the services.</summary>
    public static IServiceCollection AddStudents(this IServiceCollection services) =>
        services
            .AddTeacherPool()
            .AddLessonLines()
            .AddSingleton<TaughtFeeds>()
            .AddSingleton<Examination>()
            .AddSingleton<StudentWorkshop>();

    public static AkkaConfigurationBuilder WithStudents(this AkkaConfigurationBuilder akka, NodeOptions options, StudentWorkshop workshop) =>
        akka
            .WithActors((system, registry) => registry.Register<TrialRegionKey>(ClusterSharding.Get(system).Start(
                TrialRegionKey.TypeName,
                _ => TrialActor.Props(options.Name, registry.Get<CoordinatorKey>(), workshop),
                ClusterShardingSettings.Create(system).WithRole(NodeRole.Student),
                new TrialMessageExtractor(),
                new LeasedAllocation(system),
                PoisonPill.Instance)))
            .AddStartup((system, registry) => system.ActorOf(
                NodeRegistrar.Props(registry.Get<CoordinatorKey>(), new NodeProtocol.RegisterNode(options.Name, NodeRole.Student, options.Threads)),
                "student-registrar"));
}
