using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;
using Stillhouse.Cli.Views;
using Stillhouse.Hosting;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Cli.Running;

/// <summary>A cluster of processes on loopback, of which this process is a member that only watches.</summary>
internal sealed class ProcessCluster : IRunCluster
{
    private const string Host = "127.0.0.1";
    private const string ClientName = "client";

    private static readonly TimeSpan JoinInterval = TimeSpan.FromMilliseconds(100);

    // Killing them may come at any moment, from the thread of a signal.
    private readonly ConcurrentQueue<NodeProcess> _nodes = [];
    private readonly CancellationTokenSource _stopping = new();
    private MemberHost? _member;

    private ProcessCluster()
    {
    }

    public ActorSystem System => _member!.System;

    public IActorRef Coordinator => _member!.Coordinator;

    public Task<string> Broken { get; private set; } = null!;

    public static async Task<IRunCluster> StartAsync(
        NodeCounts counts, RunFolders folders, IRunView view, Interruption interruption, CancellationToken cancellation)
    {
        var cluster = new ProcessCluster();
        interruption.OnKill(cluster.Kill);
        try
        {
            await cluster.StartAsync(counts, folders, view, cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        var stopping = _nodes.Select(node => node.DisposeAsync().AsTask()).ToList();
        if (_member is not null)
        {
            stopping.Add(_member.DisposeAsync().AsTask());
        }

        await Task.WhenAll(stopping);
        _stopping.Dispose();
    }

    private async Task StartAsync(NodeCounts counts, RunFolders folders, IRunView view, CancellationToken cancellation)
    {
        var total = counts.Coordinators + counts.Teachers + counts.Students;
        var ports = new Queue<int>(FreePorts.Take(total));
        string[] seeds = [.. ports.Take(counts.Coordinators).Select(port => $"{Host}:{port}")];
        foreach (var (role, count) in Roles(counts))
        {
            for (var number = 1; number <= count; number++)
            {
                var options = Options($"{role}-{number}", role, seeds, counts, folders) with { Port = ports.Dequeue() };
                _nodes.Enqueue(NodeProcess.Start(options, folders.LogOf(options.Name), view.Note));
            }
        }

        var client = Options(ClientName, NodeRole.Client, seeds, counts, folders);
        _member = await MemberHost.StartAsync(client, folders.LogOf(ClientName), cancellation);
        Broken = Task.WhenAny([.. _nodes.Select(node => node.EndAsync(_stopping.Token)), _member.EndAsync()]).Unwrap();
        await Task.WhenAny(MembersAsync(total + 1, _stopping.Token), Broken).Unwrap().WaitAsync(cancellation);
    }

    /// <summary>Waits for the whole cluster: a run that began with the first nodes would leave the later ones idle.</summary>
    private async Task MembersAsync(int count, CancellationToken cancellation)
    {
        var cluster = Akka.Cluster.Cluster.Get(System);
        using var timer = new PeriodicTimer(JoinInterval);
        while (cluster.State.Members.Count(member => member.Status == MemberStatus.Up) < count)
        {
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static IEnumerable<(string Role, int Count)> Roles(NodeCounts counts) =>
    [
        (NodeRole.Coordinator, counts.Coordinators),
        (NodeRole.Teacher, counts.Teachers),
        (NodeRole.Student, counts.Students),
    ];

    private static NodeOptions Options(string name, string role, string[] seeds, NodeCounts counts, RunFolders folders) => new()
    {
        Name = name,
        Roles = [role],
        Host = Host,
        Seeds = seeds,
        Coordinators = counts.Coordinators,
        ArtifactFolder = folders.Artifacts,
    };

    private void Kill()
    {
        foreach (var node in _nodes)
        {
            node.Kill();
        }
    }
}
