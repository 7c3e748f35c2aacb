namespace Stillhouse.Orchestration.Placement;

/// <summary>Chooses the node that a teacher is pinned to.</summary>
public static class TeacherPlacement
{
    /// <summary>The node with the fewest teachers, the first by name among equals; null if there is no node.</summary>
    /// <param name="nodes">Nodes that take teachers.</param>
    /// <param name="occupied">One entry per teacher that is placed already: its node.</param>
    public static string? Choose(IEnumerable<string> nodes, IReadOnlyCollection<string> occupied) =>
        nodes
            .OrderBy(node => occupied.Count(other => other == node))
            .ThenBy(node => node, StringComparer.Ordinal)
            .FirstOrDefault();
}
