using System.Collections.Immutable;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Orchestration.Placement;

/// <summary>The worker nodes that the coordinator can reach at the moment, and what each takes work for.</summary>
public sealed record ClusterNodes(ImmutableSortedDictionary<string, NodeFacts> Facts)
{
    public static ClusterNodes None { get; } = new(ImmutableSortedDictionary.Create<string, NodeFacts>(StringComparer.Ordinal));

    /// <summary>
    /// False while nodes that had work may not have announced themselves yet, because the coordinator has just begun: one that
    /// is missing then is not lost.
    /// </summary>
    public bool AreSettled { get; init; } = true;

    /// <summary>Where this run may hand out trials of students: the name of a node for each.</summary>
    public ImmutableList<string> Allotted { get; init; } = [];

    /// <summary>One entry for each teacher of another run: its node.</summary>
    public ImmutableList<string> PinnedElsewhere { get; init; } = [];

    public IEnumerable<string> Teachers => WithRole(NodeRole.Teacher);

    public IEnumerable<string> Students => WithRole(NodeRole.Student);

    public bool Suffice(NodesNeeded needed) => Teachers.Count() >= needed.Teachers && Students.Count() >= needed.Students;

    public bool Contains(string node) => Facts.ContainsKey(node);

    /// <summary>CPU threads of a node within reach.</summary>
    public int ThreadsOf(string node) => Facts[node].Threads;

    /// <param name="threads">CPU threads that the node offers.</param>
    public ClusterNodes With(string node, string role, int threads) => this with
    {
        Facts = Facts.SetItem(node, new NodeFacts((Facts.GetValueOrDefault(node)?.Roles ?? []).Add(role), threads)),
    };

    public ClusterNodes Without(string node) => this with { Facts = Facts.Remove(node) };

    private IEnumerable<string> WithRole(string role) =>
        Facts.Where(node => node.Value.Roles.Contains(role)).Select(node => node.Key);
}

/// <summary>What a node takes work for, and on how many CPU threads.</summary>
public sealed record NodeFacts(ImmutableSortedSet<string> Roles, int Threads);
