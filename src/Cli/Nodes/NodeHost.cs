using Akka.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stillhouse.Coordinator;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Distillation.Weights;
using Stillhouse.Hosting;
using Stillhouse.Hosting.Cluster;
using Stillhouse.Hosting.Logging;
using Stillhouse.Hosting.Teaching;
using Stillhouse.Messages.Nodes;
using Stillhouse.StudentNode;
using Stillhouse.StudentNode.Learning;
using Stillhouse.TeacherNode;
using Stillhouse.TeacherNode.Teaching;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Cli.Nodes;

/// <summary>Composes a node from its roles. An embedded cluster is one node that has them all.</summary>
public static class NodeHost
{
    public static IHost Build(NodeOptions options, string logFile, NodeLifetime lifetime) =>
        (options.Has(NodeRole.Teacher) || options.Has(NodeRole.Student)) && options.TeachesOverGrpc
            ? BuildTeachingServer(options, logFile, lifetime)
            : BuildWorker(options, logFile, lifetime);

    private static IHost BuildWorker(NodeOptions options, string logFile, NodeLifetime lifetime)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddNodeLog(logFile);
        builder.Services.AddLifetime(lifetime).AddRoles(options).AddSingleton<ITeachingAddress>(new InProcessAddress(options.Name));
        return builder.Build();
    }

    private static WebApplication BuildTeachingServer(NodeOptions options, string logFile, NodeLifetime lifetime)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddNodeLog(logFile);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(ListenAddress.Of(options.Host), 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddLifetime(lifetime).AddRoutingCore().AddRoles(options).AddSingleton<ITeachingAddress, GrpcAddress>().AddTeaching();
        var server = builder.Build();
        server.MapTeaching();
        return server;
    }

    private static IServiceCollection AddRoles(this IServiceCollection services, NodeOptions options) =>
        services
            .AddSingleton<DatasetCache>()
            .AddSingleton(_ => new ArtifactStore(options.ArtifactFolder))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<TrialCheckpoints>(
                provider, Path.Combine(options.ArtifactFolder, "checkpoints"), CadenceOf(options.Checkpoints)))
            .ConfigureTargets(StoreSide.Teacher, options.Targets)
            .ConfigureTargets(StoreSide.Student, options.Targets)
            .AddTeachers()
            .AddStudents()
            .AddStillhouseNode(options, (akka, provider) => akka.WithRoles(options, provider));

    /// <summary>A process may be on both sides; its two stores share no folder.</summary>
    private static IServiceCollection ConfigureTargets(this IServiceCollection services, StoreSide side, TargetStoreOptions options) =>
        services.Configure<TargetStoreOptions>(side.Name, store => options.Of(side.Name).CopyTo(store));

    private static CheckpointCadence CadenceOf(CheckpointOptions options) => new(
        options.Steps ?? long.MaxValue, options.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue);

    private static void WithRoles(this AkkaConfigurationBuilder akka, NodeOptions options, IServiceProvider provider)
    {
        if (options.Has(NodeRole.Student))
        {
            akka.WithStudents(options, provider.GetRequiredService<StudentWorkshop>());
        }

        if (options.Has(NodeRole.Coordinator))
        {
            akka.WithCoordinator(options, provider.GetRequiredService<TimeProvider>());
        }

        if (options.Has(NodeRole.Teacher))
        {
            akka.WithTeachers(options, provider.GetRequiredService<TeacherWorkshop>());
        }
    }
}
