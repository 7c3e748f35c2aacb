using Akka.Actor;
using Stillhouse.Hosting;
using Stillhouse.Messages.Nodes;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Cli.Running;

/// <summary>A cluster of one node with every role, inside this process.</summary>
internal sealed class EmbeddedCluster : IRunCluster
{
    private const string NodeName = "embedded";

    private readonly MemberHost _member;

    private EmbeddedCluster(MemberHost member) => (_member, Broken) = (member, member.EndAsync());

    public ActorSystem System => _member.System;

    public IActorRef Coordinator => _member.Coordinator;

    public Task<string> Broken { get; }

    public static async Task<IRunCluster> StartAsync(
        RunFolders folders, TargetStoreOptions targets, int threads, CancellationToken cancellation)
    {
        var options = new NodeOptions
        {
            Name = NodeName,
            Roles = [NodeRole.Coordinator, NodeRole.Teacher, NodeRole.Student],
            ArtifactFolder = folders.Artifacts,
            Threads = threads,
            Targets = targets.Of(NodeName),
            TeachesOverGrpc = false,
        };
        return new EmbeddedCluster(await MemberHost.StartAsync(options, folders.Nodes.LogOf(NodeName), cancellation));
    }

    public ValueTask DisposeAsync() => _member.DisposeAsync();
}
