using System.Collections.Concurrent;
using Akka.Actor;
using Stillhouse.Cli.Views;
using Stillhouse.Hosting;
using Stillhouse.Hosting.Cluster;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Cli.Running;

/// <summary>A cluster of processes on loopback, of which this process is a member that only watches.</summary>
internal sealed class ProcessCluster : IRunCluster
{
    private const string Host = "127.0.0.1";
    private const string ClientName = "client";

    // Killing them may come at any moment, from the thread of a signal.
    private readonly ConcurrentQueue<SupervisedNode> _coordinators = [];
    private readonly ConcurrentQueue<SupervisedNode> _workers = [];
    private readonly CancellationTokenSource _stopping = new();
    private MemberHost? _member;

    private ProcessCluster()
    {
    }

    public ActorSystem System => _member!.System;

    public IActorRef Coordinator => _member!.Coordinator;

    public Task<string> Broken { get; private set; } = null!;

    public static async Task<IRunCluster> StartAsync(
        ClusterRequest request, IRunView view, Interruption interruption, CancellationToken cancellation)
    {
        var cluster = new ProcessCluster();
        interruption.OnKill(cluster.Kill);
        try
        {
            await cluster.StartAsync(request, view, cancellation);
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
        var stopping = _coordinators.Concat(_workers).Select(node => node.DisposeAsync().AsTask()).ToList();
        if (_member is not null)
        {
            stopping.Add(_member.DisposeAsync().AsTask());
        }

        await Task.WhenAll(stopping);
        _stopping.Dispose();
    }

    private async Task StartAsync(ClusterRequest request, IRunView view, CancellationToken cancellation)
    {
        var counts = request.Nodes;
        int[] seedPorts = request.Port is { } first
            ? [first, .. FreePorts.Take(counts.Coordinators - 1)]
            : FreePorts.Take(counts.Coordinators);
        foreach (var index in Enumerable.Range(0, counts.Coordinators))
        {
            _coordinators.Enqueue(Supervise(() => Start(NodeRole.Coordinator, index + 1, CoordinatorPort(index))));
        }

        await CoordinatorsListenAsync(seedPorts, cancellation);
        Work(NodeRole.Teacher, counts.Teachers);
        Work(NodeRole.Student, counts.Students);

        var client = Options(ClientName, NodeRole.Client, Seeds(), request);
        _member = await MemberHost.StartAsync(client, request.Folders.LogOf(ClientName), cancellation);
        Broken = Task.WhenAny(
        [
            .. _coordinators.Concat(_workers).Select(node => node.GivenUpAsync(_stopping.Token)),
            _member.EndAsync(),
        ]).Unwrap();

        string[] Seeds() => [.. seedPorts.Select(port => $"{Host}:{port}")];

        // Remoting to an address may break for good when another process takes it over; only a port that users know is kept.
        int CoordinatorPort(int index) =>
            request.Port is null && _member is { IsUp: true } ? seedPorts[index] = FreePorts.Take(1).Single() : seedPorts[index];

        void Work(string role, int count)
        {
            foreach (var number in Enumerable.Range(1, count))
            {
                _workers.Enqueue(Supervise(() => Start(role, number, FreePorts.Take(1).Single())));
            }
        }

        SupervisedNode Supervise(Func<NodeProcess> start) => new(start, (dead, reason) =>
        {
            view.Note($"{reason}; another process takes its place");
            Down(dead);
        });

        NodeProcess Start(string role, int number, int port)
        {
            var name = $"{role}-{number}";
            var options = Options(name, role, Seeds(), request) with
            {
                Port = port,
                Threads = request.Threads,
                Checkpoints = request.Checkpoints ?? CheckpointOptions.Default,
                Targets = request.Targets.Of(name),
                Ledger = role == NodeRole.Coordinator ? request.Ledger : null,
                Peers = role == NodeRole.Coordinator ? Members() : [],
            };
            return NodeProcess.Start(options, request.Folders.LogOf(name), view.Note);
        }
    }

    /// <summary>Whom a coordinator can join that is started again: this process, and workers that may have died as well. None before there is a cluster.</summary>
    private string[] Members() =>
        _member is { IsUp: true } ? [.. _workers.Select(worker => worker.Port).Prepend(_member.Port).Select(port => $"{Host}:{port}")] : [];

    /// <summary>Spares the cluster the time in which a silent member might come back: this one cannot.</summary>
    private void Down(NodeProcess dead)
    {
        if (_member is not null)
        {
            Akka.Cluster.Cluster.Get(System).Down(Address.Parse(ActorSystemName.AddressOf($"{Host}:{dead.Port}")));
        }
    }

    /// <summary>
    /// A node that dials its coordinators before they listen tries again only after the seed-node timeout. One that ends
    /// instead is found out later, with its reason.
    /// </summary>
    private async Task CoordinatorsListenAsync(int[] ports, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping.Token);
        var listening = Task.WhenAll(ports.Select(port => ListeningPort.WaitAsync(port, waiting.Token)));
        await Task.WhenAny([listening, .. _coordinators.Select(node => node.GivenUpAsync(waiting.Token))]);
        cancellation.ThrowIfCancellationRequested();
        await waiting.CancelAsync();
    }

    private static NodeOptions Options(string name, string role, string[] seeds, ClusterRequest request) => new()
    {
        Name = name,
        Roles = [role],
        Host = Host,
        Seeds = seeds,
        IsAttached = true,
        Coordinators = request.Nodes.Coordinators,
        ArtifactFolder = request.Folders.Artifacts,
    };

    private void Kill()
    {
        foreach (var node in _coordinators.Concat(_workers))
        {
            node.Kill();
        }
    }
}
