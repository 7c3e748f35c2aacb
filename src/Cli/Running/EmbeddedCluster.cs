using Akka.Actor;
using Stillhouse.Hosting;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Cli.Running;

/// <summary>A cluster of one node with every role, inside this process.</summary>
internal sealed class EmbeddedCluster : IRunCluster
{
    private const string NodeName = "embedded";

    private readonly MemberHost _member;

    private EmbeddedCluster(MemberHost member) => _member = member;

    public ActorSystem System => _member.System;

    public IActorRef Coordinator => _member.Coordinator;

    /// <summary>The node shares this process's fate.</summary>
    public Task<string> Broken { get; } = new TaskCompletionSource<string>().Task;

    public static async Task<IRunCluster> StartAsync(RunFolders folders, CancellationToken cancellation)
    {
        var options = new NodeOptions
        {
            Name = NodeName,
            Roles = [NodeRole.Coordinator, NodeRole.Teacher, NodeRole.Student],
            ArtifactFolder = folders.Artifacts,
            TeachesOverGrpc = false,
        };
        return new EmbeddedCluster(await MemberHost.StartAsync(options, folders.LogOf(NodeName), cancellation));
    }

    public ValueTask DisposeAsync() => _member.DisposeAsync();
}
