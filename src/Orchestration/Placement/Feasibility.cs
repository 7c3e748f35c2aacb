using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Placement;

/// <summary>Finds networks that no node has the threads for.</summary>
public static class Feasibility
{
    /// <summary>
    /// For every network of a spec that fits none of the nodes that could take it: what it needs, and what there is. None where no such
    /// node has joined yet.
    /// </summary>
    public static IEnumerable<string> Problems(RunSpec spec, ClusterNodes nodes) =>
        spec.Teachers
            .Select(teacher => Problem(teacher.Name, teacher.Training.Threads, NodeRole.Teacher, nodes.Teachers, nodes))
            .Append(Problem("the student", spec.Student.Training.Threads, NodeRole.Student, nodes.Students, nodes))
            .OfType<string>();

    /// <summary>CPU threads that the largest network of a run needs.</summary>
    public static int LargestNeed(RunSpec spec) =>
        spec.Teachers.Select(teacher => teacher.Training.Threads).Append(spec.Student.Training.Threads).Max();

    /// <summary>Why a network has no place among the nodes of a role, or null.</summary>
    public static string? Problem(string network, int threads, string role, IEnumerable<string> candidates, ClusterNodes nodes)
    {
        var largest = candidates.MaxBy(nodes.ThreadsOf);
        return largest is null || nodes.ThreadsOf(largest) >= threads
            ? null
            : $"{network} needs {threads} threads, but no {role} node has more than {nodes.ThreadsOf(largest)} ({largest}); "
                + "start one with --threads, or lower training.threads, which changes the weights";
    }
}
