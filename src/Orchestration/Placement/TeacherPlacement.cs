namespace Stillhouse.Orchestration.Placement;

/// <summary>Chooses the node that a teacher is pinned to.</summary>
public static class TeacherPlacement
{
    /// <summary>
    /// The node with the fewest teachers, the first by name among equals; null if the teacher fits none. Teachers share a
    /// node's threads: most of the time they wait to be asked.
    /// </summary>
    /// <param name="nodes">Nodes that take teachers, with their CPU threads.</param>
    /// <param name="threads">CPU threads that the teacher needs.</param>
    /// <param name="occupied">One entry per teacher that is placed already: its node.</param>
    public static string? Choose(IEnumerable<(string Node, int Threads)> nodes, int threads, IReadOnlyCollection<string> occupied) =>
        nodes
            .Where(node => node.Threads >= threads)
            .Select(node => node.Node)
            .OrderBy(node => occupied.Count(other => other == node))
            .ThenBy(node => node, StringComparer.Ordinal)
            .FirstOrDefault();
}
