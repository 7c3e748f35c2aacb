using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Replicas;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Puts a run into words for people who watch it.</summary>
public static class RunSnapshots
{
    /// <summary>Trials of a sweep that a screen has room for; the summary counts them all.</summary>
    private const int ShownTrials = 12;

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
                from name in Shown(state, stage)
                let trial = state.Trials.Find(name) ?? TrialState.Waiting
                let waiting = trial.IsActive ? Delay(state, stage) ?? waits.GetValueOrDefault(name) : Waiting(state, stage, trial, nodes)
                select new TrialSnapshot(
                    name,
                    stage.Kind,
                    trial.Status,
                    waiting,
                    trial.Node,
                    progress.GetValueOrDefault(name),
                    state.Sweep?.Find(name)?.Assignment.ToString())],
            [.. nodes.Facts.Select(node => new NodeSnapshot(node.Key, [.. node.Value.Roles], Activity(state, node.Key)))],
            state.Sweep is { } sweep ? Summarise(sweep) : null);

    /// <summary>Of a large sweep the trials that have not ended and the last ones that have; before its first one, the stage.</summary>
    private static IEnumerable<string> Shown(RunState state, Stage stage)
    {
        if (!stage.IsSweep || state.Sweep!.History.Trials.IsEmpty)
        {
            return [stage.Name];
        }

        var trials = state.Sweep.History.Trials;
        return trials
            .Skip(trials.Count - ShownTrials)
            .Select(trial => trial.Number)
            .Union(state.Sweep.Open.Take(ShownTrials))
            .Order()
            .Select(SweepState.NameOf);
    }

    private static SweepSnapshot Summarise(SweepState sweep)
    {
        int Count(SweepTrialState state) => sweep.History.Trials.Count(trial => trial.State == state);
        return new SweepSnapshot(
            sweep.History.Trials.Count,
            sweep.Open.Count,
            Count(SweepTrialState.Finished),
            Count(SweepTrialState.Pruned),
            Count(SweepTrialState.Failed),
            sweep.Best is { } best ? $"{SweepState.NameOf(best.Number)} ({best.Assignment})" : null,
            sweep.Best is { } winner ? sweep.Board.StandingOf(winner.Number)?.Value : null);
    }

    /// <summary>What keeps a trial that is under way from going on.</summary>
    private static string? Delay(RunState state, Stage stage)
    {
        var unserved = state.Unserved.Intersect(stage.Teachers).ToArray();
        return unserved.Length > 0 ? $"for a replica of {string.Join(", ", unserved)}" : null;
    }

    private static string? Waiting(RunState state, Stage stage, TrialState trial, ClusterNodes nodes)
    {
        if (trial.Status != TrialStatus.Waiting)
        {
            return null;
        }

        if (state.Status == RunStatus.Paused)
        {
            return "until the run is resumed";
        }

        var missing = stage.After.Where(name => state.ResultOf(name) is null).ToArray();
        if (missing.Length > 0)
        {
            return $"for {string.Join(", ", missing)}";
        }

        var lacking = new[]
        {
            Lacking(NodeRole.Teacher, state.Needed.Teachers - nodes.Teachers.Count()),
            Lacking(NodeRole.Student, state.Needed.Students - nodes.Students.Count()),
        }.OfType<string>().ToArray();
        return lacking.Length > 0 ? $"for {string.Join(" and ", lacking)} to join" : WithoutDevice(state, stage, nodes);
    }

    private static string? WithoutDevice(RunState state, Stage stage, ClusterNodes nodes)
    {
        var threads = stage.Network?.Training.Threads ?? state.Spec.Student.Training.Threads;
        var problem = stage.Kind == StageKind.Train
            ? Feasibility.Problem(stage.Name, threads, NodeRole.Teacher, nodes.Teachers, nodes)
            : Feasibility.Problem("it", threads, NodeRole.Student, nodes.Students, nodes);
        return problem is null ? "for a free device" : $"for a device: {problem}";
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
            .. state.Trials.Active
                .Where(name => state[name].Node == node)
                .Select(name => Doing(state.StageOf(name), name, state[name]))
                .OfType<string>(),
            .. state.Replicas.Entries
                .Where(replica => replica.Node == node)
                .OrderBy(replica => replica.Teacher, StringComparer.Ordinal)
                .Select(Doing),
        ];
        return doings.Length > 0 ? string.Join(", ", doings) : "idle";
    }

    private static string? Doing(Stage stage, string name, TrialState trial) => trial switch
    {
        { Status: TrialStatus.Dispatched } => $"preparing {name}",
        { Status: TrialStatus.Running } => stage.Kind == StageKind.Evaluate ? "evaluating" : $"training {name}",
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
