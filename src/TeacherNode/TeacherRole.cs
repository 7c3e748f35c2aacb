using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Hosting;
using Stillhouse.Hosting.Cluster;
using Stillhouse.TeacherNode.Teaching;

namespace Stillhouse.TeacherNode;

/// <summary>What a node does in the role of teacher.</summary>
public static class TeacherRole
{
    /// <summary>Expects datasets, the artifact store, checkpoints, served teachers, their address and a clock among the services.</summary>
    public static IServiceCollection AddTeachers(this IServiceCollection services) => services.AddSingleton<TeacherWorkshop>();

    public static AkkaConfigurationBuilder WithTeachers(this AkkaConfigurationBuilder akka, NodeOptions options, TeacherWorkshop workshop) =>
        akka.AddStartup((system, registry) => system.ActorOf(
            TeacherHostActor.Props(options.Name, options.Threads, registry.Get<CoordinatorKey>(), workshop), "teachers"));
}
