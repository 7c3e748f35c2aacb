using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Placement;

/// <summary>Finds networks that no node has the threads for.</summary>
public static class Feasibility
{
    /// <summary>
    /// For every network of a spec that fits none of the nodes that could take it: what it needs, and what there is. None where no such
    /// node has joined yet.
    /// </summary>
    public static IEnumerable<string> Problems(RunSpec spec, ClusterNodes nodes) =>
        Needs(spec)
            .Select(need => Problem(need.Network, need.Threads, need.Role, need.Role == NodeRole.Teacher ? nodes.Teachers : nodes.Students, nodes))
            .Append(ProblemTogether(spec, nodes))
            .OfType<string>();

    /// <summary>CPU threads that the largest network of a run needs, or those that learn side by side.</summary>
    public static int LargestNeed(RunSpec spec) => Math.Max(Needs(spec).Max(need => need.Threads), Together(spec));

    /// <summary>Why a network has no place among the nodes of a role, or null.</summary>
    public static string? Problem(string network, int threads, string role, IEnumerable<string> candidates, ClusterNodes nodes)
    {
        var largest = candidates.MaxBy(nodes.ThreadsOf);
        return largest is null || nodes.ThreadsOf(largest) >= threads
            ? null
            : $"{network} needs {threads} threads, but no {role} node has more than {nodes.ThreadsOf(largest)} ({largest}); "
                + "start one with --threads, or lower training.threads, which changes the weights";
    }

    private static string? ProblemTogether(RunSpec spec, ClusterNodes nodes)
    {
        var (needed, there) = (Together(spec), nodes.Students.Sum(nodes.ThreadsOf));
        return there == 0 || there >= needed
            ? null
            : $"networks that learn side by side need {needed} threads at once, but all student nodes together have {there}; start more of them";
    }

    /// <summary>CPU threads of the networks that learn side by side.</summary>
    private static int Together(RunSpec spec)
    {
        var plan = PlanCompiler.Compile(spec);
        return plan.Live.Count() * plan.StudentThreads;
    }

    /// <summary>An assistant is trained on a student node and served by a teacher node; a teacher that learns beside its student is on a student node.</summary>
    private static IEnumerable<(string Network, int Threads, string Role)> Needs(RunSpec spec) =>
    [
        .. spec.Teachers.Select(teacher => (teacher.Name, teacher.Training.Threads, spec.Recipe is LiveRecipeSpec ? NodeRole.Student : NodeRole.Teacher)),
        .. from assistant in (spec.Recipe as ProgressiveRecipeSpec)?.Assistants ?? []
           from role in new[] { NodeRole.Student, NodeRole.Teacher }
           select (assistant.Name, assistant.Training.Threads, role),
        .. from peer in (spec.Recipe as IPeerRecipe)?.Peers ?? []
           where peer.Training is not null
           select (peer.Name, peer.Training!.Threads, NodeRole.Student),
        .. spec.Recipe is BornAgainRecipeSpec ? [("each generation", spec.Student.Training.Threads, NodeRole.Teacher)] : Array.Empty<(string, int, string)>(),
        ("the student", spec.Student.Training.Threads, NodeRole.Student),
    ];
}
