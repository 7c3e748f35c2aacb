using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Decides which teacher needs another replica, and where.</summary>
public static class ReplicaPlacement
{
    /// <summary>How long a node on which a teacher broke is left alone.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>
    /// One replica to add, or null where every trained teacher has as many as the spec wants or as there are nodes that
    /// may serve it. No node serves a teacher twice; among those left, the one with the fewest teachers is chosen.
    /// </summary>
    public static (string Teacher, string Node)? Next(RunState state, ClusterNodes nodes, DateTimeOffset now)
    {
        foreach (var teacher in state.Plan.Teachers)
        {
            if (state[teacher.Name].Outcome is TrainedOutcome
                && state.Replicas.Of(teacher.Name).Count(replica => replica.IsLive) < teacher.Network!.Replicas
                && Choose(state, teacher, Free(state, teacher.Name, nodes, now), nodes) is { } node)
            {
                return (teacher.Name, node);
            }
        }

        return null;
    }

    /// <summary>The node among the candidates that a teacher is best trained or served on; null where it fits none.</summary>
    public static string? Choose(RunState state, Stage teacher, IEnumerable<string> candidates, ClusterNodes nodes) =>
        TeacherPlacement.Choose(
            candidates.Select(node => (node, nodes.ThreadsOf(node))),
            teacher.Network!.Training.Threads,
            [.. Occupied(state), .. nodes.PinnedElsewhere]);

    /// <summary>One entry per teacher that is trained or served somewhere: its node.</summary>
    public static IReadOnlyCollection<string> Occupied(RunState state) =>
    [
        .. state.Plan.Stages
            .Where(stage => stage.Kind == StageKind.Train && state[stage.Name].IsActive)
            .Select(stage => state[stage.Name].Node)
            .OfType<string>(),
        .. state.Replicas.Live.Select(replica => replica.Node),
    ];

    private static IEnumerable<string> Free(RunState state, string teacher, ClusterNodes nodes, DateTimeOffset now) =>
        from node in nodes.Teachers
        let known = state.Replicas.Find(teacher, node)
        where known is null || (known.Status == ReplicaStatus.Broken && now - known.Since >= RetryDelay)
        select node;
}
