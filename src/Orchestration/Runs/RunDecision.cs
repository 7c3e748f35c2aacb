using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Placement;
using static Stillhouse.Messages.Runs.RunEvents;

namespace Stillhouse.Orchestration.Runs;

/// <summary>One decision in the making: the facts recorded so far and the state that they amount to.</summary>
internal sealed class RunDecision(RunState? state, DateTimeOffset now)
{
    private readonly List<IRunEvent> _facts = [];
    private RunState? _state = state;

    public void Record(IRunEvent fact)
    {
        _state = RunLedger.Apply(_state, fact);
        _facts.Add(fact);
    }

    public void Break(string trial, string? node, string reason)
    {
        Record(new TrialBroke(trial, reason, now));
        Record(new RunBroke(node is null ? $"{trial}: {reason}" : $"{trial} on {node}: {reason}", now));
    }

    public void WhileRunning(Action act)
    {
        if (_state?.Status == RunStatus.Running)
        {
            act();
        }
    }

    public void WhileActive(TrialId id, Action<TrialState> act) =>
        WhileRunning(() =>
        {
            if (_state!.Trials.GetValueOrDefault(id.Name) is { IsActive: true } trial)
            {
                act(trial);
            }
        });

    /// <summary>Ends the run if it is over, ends it if a node that it needs is gone, and hands out every trial that can start.</summary>
    public IReadOnlyList<IRunEvent> Advance(ClusterNodes nodes)
    {
        WhileRunning(() => BreakIfNodeLost(nodes));
        WhileRunning(() => Dispatch(nodes));
        WhileRunning(EndIfFinished);
        return _facts;
    }

    private void BreakIfNodeLost(ClusterNodes nodes)
    {
        foreach (var (name, trial) in _state!.Trials.OrderBy(trial => trial.Key, StringComparer.Ordinal))
        {
            var needed = trial.IsActive || trial.Endpoint is not null;
            if (needed && trial.Node is { } node && !nodes.Contains(node))
            {
                Record(new RunBroke($"node {node} was lost while it {(trial.IsActive ? "worked on" : "served")} {name}", now));
                return;
            }
        }
    }

    private void Dispatch(ClusterNodes nodes)
    {
        if (!_state!.HasBegunWork && !nodes.Suffice(_state.Needed))
        {
            return;
        }

        foreach (var stage in _state.Ready.ToArray())
        {
            if (stage.Kind == StageKind.Train)
            {
                if (TeacherPlacement.Choose(nodes.Teachers, OccupiedByTeachers()) is { } node)
                {
                    Record(new TrialDispatched(stage.Name, node, now));
                }
            }
            else if (nodes.Students.Any())
            {
                Record(new TrialDispatched(stage.Name, null, now));
            }
        }
    }

    private string[] OccupiedByTeachers() =>
        [.. _state!.Plan.Stages
            .Where(stage => stage.Kind == StageKind.Train)
            .Select(stage => _state[stage.Name].Node)
            .OfType<string>()];

    private void EndIfFinished()
    {
        if (_state!.Trials.Values.All(trial => trial.Status == TrialStatus.Finished))
        {
            Record(new RunEnded(ReportBuilder.Build(_state), now));
        }
    }
}
