using Stillhouse.Cli.Running;

namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>A cluster of <c>still node</c> processes that nobody looks after: whoever is killed stays away.</summary>
/// <param name="folder">For artifacts and logs.</param>
/// <param name="ledger">What the coordinators are given as <c>--ledger</c>.</param>
internal sealed class NodeCluster(string folder, string ledger) : IAsyncDisposable
{
    private readonly Dictionary<string, StillProcess> _nodes = [];
    private string[] _seeds = [];

    /// <summary>Where the results of runs are.</summary>
    public string Artifacts { get; } = Path.Combine(folder, "artifacts");

    public StillProcess this[string node] => _nodes[node];

    /// <summary>The <c>host:port</c> of a coordinator, by its number from 1.</summary>
    public string AddressOf(int coordinator) => _seeds[coordinator - 1];

    public string Log(string node) => File.ReadAllText(LogOf(node));

    /// <summary>Starts all nodes. The first coordinator forms the cluster, and so is its oldest member.</summary>
    public async Task StartAsync(int coordinators, int teachers, int students)
    {
        _seeds = [.. FreePorts.Take(coordinators).Select(port => $"127.0.0.1:{port}")];
        foreach (var number in Enumerable.Range(1, coordinators))
        {
            await StartAsync("coordinator", number, "--port", AddressOf(number).Split(':')[1], "--ledger", ledger);
        }

        foreach (var number in Enumerable.Range(1, teachers))
        {
            await StartAsync("teacher", number);
        }

        foreach (var number in Enumerable.Range(1, students))
        {
            await StartAsync("student", number);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            await node.DisposeAsync();
        }
    }

    private async Task StartAsync(string role, int number, params string[] more)
    {
        var name = $"{role}-{number}";
        _nodes[name] = StillProcess.Start(
        [
            "node", role, "--name", name, "--coordinators", $"{_seeds.Length}", "--artifacts", Artifacts, "--log", LogOf(name), .. more,
            "--seeds", .. _seeds,
        ]);
        await _nodes[name].ReadUntilAsync("runs until Ctrl+C");
    }

    private string LogOf(string node) => Path.Combine(folder, $"{node}.log");
}
