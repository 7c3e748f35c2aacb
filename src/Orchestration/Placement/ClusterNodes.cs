using System.Collections.Immutable;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Orchestration.Placement;

/// <summary>The worker nodes that the coordinator can reach at the moment, and the roles that each takes work for.</summary>
public sealed record ClusterNodes(ImmutableSortedDictionary<string, ImmutableSortedSet<string>> RolesByNode)
{
    public static ClusterNodes None { get; } = new(ImmutableSortedDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal));

    /// <summary>
    /// False while nodes that had work may not have announced themselves yet, because the coordinator has just begun: one that
    /// is missing then is not lost.
    /// </summary>
    public bool AreSettled { get; init; } = true;

    public IEnumerable<string> Teachers => WithRole(NodeRole.Teacher);

    public IEnumerable<string> Students => WithRole(NodeRole.Student);

    public bool Suffice(NodesNeeded needed) => Teachers.Count() >= needed.Teachers && Students.Count() >= needed.Students;

    public bool Contains(string node) => RolesByNode.ContainsKey(node);

    public ClusterNodes With(string node, string role) =>
        this with { RolesByNode = RolesByNode.SetItem(node, RolesByNode.GetValueOrDefault(node, ImmutableSortedSet<string>.Empty).Add(role)) };

    public ClusterNodes Without(string node) => this with { RolesByNode = RolesByNode.Remove(node) };

    private IEnumerable<string> WithRole(string role) =>
        RolesByNode.Where(node => node.Value.Contains(role)).Select(node => node.Key);
}
