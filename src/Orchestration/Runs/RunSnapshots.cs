using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Puts a run into words for people who watch it.</summary>
public static class RunSnapshots
{
    /// <param name="state">The run.</param>
    /// <param name="nodes">The nodes within reach.</param>
    /// <param name="progress">The last report of each trial that has made one.</param>
    public static RunSnapshot Take(RunState state, ClusterNodes nodes, IReadOnlyDictionary<string, TrialProgress> progress) =>
        new(
            state.Run,
            state.Status,
            [.. state.Plan.Stages.Select(stage => Trial(state, stage, nodes, progress.GetValueOrDefault(stage.Name)))],
            [.. nodes.RolesByNode.Select(node => new NodeSnapshot(node.Key, [.. node.Value], Activity(state, node.Key)))]);

    private static TrialSnapshot Trial(RunState state, Stage stage, ClusterNodes nodes, TrialProgress? progress)
    {
        var trial = state[stage.Name];
        return new TrialSnapshot(stage.Name, stage.Kind, trial.Status, Waiting(state, stage, nodes), trial.Node, progress);
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
        ];
        return doings.Length > 0 ? string.Join(", ", doings) : "idle";
    }

    private static string? Doing(Stage stage, TrialState trial) => trial switch
    {
        { Status: TrialStatus.Dispatched } => $"preparing {stage.Name}",
        { Status: TrialStatus.Running } => stage.Kind == StageKind.Evaluate ? "evaluating" : $"training {stage.Name}",
        { Status: TrialStatus.Finished, Endpoint: not null } => $"serving {stage.Name}",
        _ => null,
    };
}
