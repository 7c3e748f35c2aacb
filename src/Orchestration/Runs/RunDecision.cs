using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Replicas;
using Stillhouse.Orchestration.Sweeps;
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

    /// <summary>A trial of a sweep fails for itself; any other takes the run with it.</summary>
    public void Break(string trial, string? node, string reason)
    {
        Record(new TrialBroke(trial, reason, now));
        if (_state!.Sweep?.Find(trial) is not null)
        {
            return;
        }

        Record(new RunBroke(node is null ? $"{trial}: {reason}" : $"{trial} on {node}: {reason}", now));
    }

    /// <summary>Notes the epochs that a trial of a sweep has not reported before, and stops it where it has fallen behind.</summary>
    public void Measure(string trial, TrialProgress progress)
    {
        if (_state!.Sweep?.Find(trial) is not { Number: var number })
        {
            return;
        }

        foreach (var (epoch, accuracy) in progress.Measured().Where(measured => _state.Sweep.IsNews(number, measured.Epoch)))
        {
            Record(new TrialMeasured(trial, new MeasuredEpoch(epoch, accuracy), now));
            if (_state.Sweep.Stops(number))
            {
                Record(new TrialPruned(trial, now));
                return;
            }
        }
    }

    public void WhileRunning(Action act) => When(status => status == RunStatus.Running, act);

    public void When(Func<RunStatus, bool> stands, Action act)
    {
        if (_state is { } run && stands(run.Status))
        {
            act();
        }
    }

    /// <summary>A result is the same whoever brings it, and whenever: one that was given up for lost need not be made again.</summary>
    public void WhileUnfinished(TrialId id, Action act) =>
        When(status => status is RunStatus.Running or RunStatus.Paused, () =>
        {
            if (_state!.Trials.Find(id.Name) is { IsUnfinished: true })
            {
                act();
            }
        });

    public void WhileActive(TrialId id, Action<TrialState> act) =>
        WhileRunning(() =>
        {
            if (_state!.Trials.Find(id.Name) is { IsActive: true } trial)
            {
                act(trial);
            }
        });

    public void WhileLive(TrialId id, string node, Action<ReplicaState> act) =>
        WhileRunning(() =>
        {
            if (_state!.Replicas.Find(id.Name, node) is { IsLive: true } replica)
            {
                act(replica);
            }
        });

    /// <summary>Takes a replica out of service for good, whether or not it is known at the moment: the node may come back with it.</summary>
    public void Quarantine(string teacher, string node, string reason)
    {
        if (_state!.IsTeacher(teacher) && _state.Replicas.Find(teacher, node)?.Status != ReplicaStatus.Quarantined)
        {
            Record(new ReplicaQuarantined(teacher, node, reason, now));
        }
    }

    /// <summary>
    /// Takes back the trials whose node is gone and notes the replicas that are gone; ends the run if it is over; hands out
    /// every trial that can start and every replica that is wanted.
    /// </summary>
    public IReadOnlyList<IRunEvent> Advance(ClusterNodes nodes)
    {
        if (nodes.AreSettled)
        {
            WhileRunning(() => LoseTrials(nodes));
            WhileRunning(() => LoseReplicas(nodes));
        }

        WhileRunning(BreakIfNoStudentFinished);
        WhileRunning(EndIfFinished);
        WhileRunning(() => Dispatch(nodes));
        WhileRunning(() => DispatchReplicas(nodes));
        return _facts;
    }

    private void LoseTrials(ClusterNodes nodes)
    {
        foreach (var name in _state!.Trials.Active)
        {
            if (_state[name].Node is { } node && !nodes.Contains(node))
            {
                Record(new TrialLost(name, node, now));
            }
        }
    }

    private void LoseReplicas(ClusterNodes nodes)
    {
        foreach (var replica in _state!.Replicas.Live.Where(replica => !nodes.Teachers.Contains(replica.Node)))
        {
            Record(new ReplicaLost(replica.Teacher, replica.Node, now));
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
                if (TeacherPlacement.Choose(nodes.Teachers, ReplicaPlacement.Occupied(_state)) is { } node)
                {
                    Record(new TrialDispatched(stage.Name, node, now));
                }
            }
            else if (nodes.Students.Any())
            {
                DispatchStudents(stage);
            }
        }
    }

    private void DispatchStudents(Stage stage)
    {
        if (!stage.IsSweep)
        {
            Record(new TrialDispatched(stage.Name, null, now));
            return;
        }

        while (_state!.Sweep!.Next is { } assignment)
        {
            Record(new TrialProposed(SweepState.NameOf(_state.Sweep.History.Trials.Count), assignment, now));
        }

        foreach (var name in _state.Sweep.Open.Select(SweepState.NameOf).Where(name => _state[name].Status == TrialStatus.Waiting).ToArray())
        {
            Record(new TrialDispatched(name, null, now));
        }
    }

    private void BreakIfNoStudentFinished()
    {
        if (_state!.Sweep is { IsConcluded: true, Best: null } sweep)
        {
            Record(new RunBroke($"none of the {sweep.History.Trials.Count} trials of the sweep has finished", now));
        }
    }

    private void DispatchReplicas(ClusterNodes nodes)
    {
        while (ReplicaPlacement.Next(_state!, nodes, now) is { } next)
        {
            Record(new ReplicaDispatched(next.Teacher, next.Node, now));
        }
    }

    private void EndIfFinished()
    {
        if (_state!.Trials.Unfinished == 0)
        {
            Record(new RunEnded(ReportBuilder.Build(_state), now));
        }
    }
}
