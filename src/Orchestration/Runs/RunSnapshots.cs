using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Replicas;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Puts a run into words for people who watch it.</summary>
public static class RunSnapshots
{
    /// <param name="state">The run.</param>
    /// <param name="nodes">The nodes within reach.</param>
    /// <param name="progress">The last report of each trial that has made one.</param>
    /// <param name="waits">What a trial under way says that it waits for.</param>
    public static RunSnapshot Take(
        RunState state,
        ClusterNodes nodes,
        IReadOnlyDictionary<string, TrialProgress> progress,
        IReadOnlyDictionary<string, string> waits) =>
        new(
            state.Run,
            state.Status,
            [.. from stage in state.Plan.Stages
                let trial = state[stage.Name]
                let waiting = trial.IsActive ? Delay(state, stage) ?? waits.GetValueOrDefault(stage.Name) : Waiting(state, stage, nodes)
                select new TrialSnapshot(
                    stage.Name, stage.Kind, trial.Status, waiting, trial.Node, progress.GetValueOrDefault(stage.Name))],
            [.. nodes.RolesByNode.Select(node => new NodeSnapshot(node.Key, [.. node.Value], Activity(state, node.Key)))]);

    /// <summary>What keeps a trial that is under way from going on.</summary>
    private static string? Delay(RunState state, Stage stage)
    {
        var unserved = state.Unserved.Intersect(stage.After).ToArray();
        return unserved.Length > 0 ? $"for a replica of {string.Join(", ", unserved)}" : null;
    }

    private static string? Waiting(RunState state, Stage stage, ClusterNodes nodes)
    {
        if (state[stage.Name].Status != TrialStatus.Waiting)
        {
            return null;
        }

        var missing = stage.After.Where(name => state[name].Status != TrialStatus.Finished).ToArray();
        if (missing.Length > 0)
        {
            return $"for {string.Join(", ", missing)}";
        }

        var lacking = new[]
        {
            Lacking(NodeRole.Teacher, state.Needed.Teachers - nodes.Teachers.Count()),
            Lacking(NodeRole.Student, state.Needed.Students - nodes.Students.Count()),
        }.OfType<string>().ToArray();
        return lacking.Length > 0 ? $"for {string.Join(" and ", lacking)} to join" : null;
    }

    private static string? Lacking(string role, int number) => number switch
    {
        <= 0 => null,
        1 => $"a {role} node",
        _ => $"{number} {role} nodes",
    };

    private static string Activity(RunState state, string node)
    {
        string[] doings =
        [
            .. state.Plan.Stages
                .Where(stage => state[stage.Name].Node == node)
                .Select(stage => Doing(stage, state[stage.Name]))
                .OfType<string>(),
            .. state.Replicas.Entries
                .Where(replica => replica.Node == node)
                .OrderBy(replica => replica.Teacher, StringComparer.Ordinal)
                .Select(Doing),
        ];
        return doings.Length > 0 ? string.Join(", ", doings) : "idle";
    }

    private static string? Doing(Stage stage, TrialState trial) => trial switch
    {
        { Status: TrialStatus.Dispatched } => $"preparing {stage.Name}",
        { Status: TrialStatus.Running } => stage.Kind == StageKind.Evaluate ? "evaluating" : $"training {stage.Name}",
        _ => null,
    };

    private static string Doing(ReplicaState replica) => replica.Status switch
    {
        ReplicaStatus.Dispatched => $"loading {replica.Teacher}",
        ReplicaStatus.Serving => $"serving {replica.Teacher}",
        ReplicaStatus.Broken => $"could not serve {replica.Teacher} ({replica.Reason})",
        ReplicaStatus.Quarantined => $"must not serve {replica.Teacher} ({replica.Reason})",
        _ => throw new ArgumentOutOfRangeException(nameof(replica), replica.Status, "Not a state of a replica."),
    };
}
