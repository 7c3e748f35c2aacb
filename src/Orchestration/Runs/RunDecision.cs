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

    /// <summary>
    /// A result is the same whoever brings it, and whenever: one that was given up for lost need not be made again, unless others ask the
    /// network while it learns, and so need whoever has the lease.
    /// </summary>
    public void WhileUnfinished(TrialId id, Action act) =>
        When(status => status is RunStatus.Running or RunStatus.Paused, () =>
        {
            if (_state!.Trials.Find(id.Name) is { IsUnfinished: true } trial && (trial.IsActive || !_state.LearnsBesideOthers(id.Name)))
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

    /// <summary>What is said under a lease that has ended counts no longer.</summary>
    public void WhileLeased(TrialId id, TrialLease lease, Action<TrialState> act) =>
        WhileActive(id, trial =>
        {
            if (trial.IsUnder(lease))
            {
                act(trial);
            }
        });

    /// <summary>Also when it has finished, as long as others may ask it.</summary>
    public void WhileHeld(TrialId id, TrialLease lease, Action<TrialState> act) =>
        WhileRunning(() =>
        {
            if (_state!.Trials.Find(id.Name) is { } trial && _state.IsHeld(id.Name) && trial.IsUnder(lease))
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
        if (_state!.Plan.Teachers.Any(stage => stage.Name == teacher) && _state.Replicas.Find(teacher, node)?.Status != ReplicaStatus.Quarantined)
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
        foreach (var name in _state!.Held.ToArray())
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
        if (!_state!.MayHandOut(nodes))
        {
            return;
        }

        var allotted = new Queue<string>(nodes.Allotted);
        DispatchTogether(allotted);
        foreach (var stage in _state.Ready.ToArray())
        {
            if (stage.Companions.Count > 0)
            {
                continue;
            }

            if (stage.Kind != StageKind.Train)
            {
                DispatchStudents(stage, allotted);
            }
            else if (ReplicaPlacement.Choose(_state, stage, nodes.Teachers, nodes) is { } node)
            {
                Lease(stage.Name, node);
            }
        }
    }

    /// <summary>Networks that learn side by side wait for each other, so all that wait are handed out at once or none.</summary>
    private void DispatchTogether(Queue<string> allotted)
    {
        var waiting = _state!.Ready.Where(stage => stage.Companions.Count > 0).ToArray();
        if (waiting.Length <= allotted.Count)
        {
            foreach (var stage in waiting)
            {
                Lease(stage.Name, allotted.Dequeue());
            }
        }
    }

    /// <summary>To as many nodes as have been allotted.</summary>
    private void DispatchStudents(Stage stage, Queue<string> allotted)
    {
        while (allotted.Count > 0 && NextStudent(stage) is { } trial)
        {
            Lease(trial, allotted.Dequeue());
        }
    }

    /// <summary>The next trial of a stage to hand out. A sweep is asked for another one only when there is a device for it: the later, the more it knows.</summary>
    private string? NextStudent(Stage stage)
    {
        if (!stage.IsSweep)
        {
            return _state![stage.Name].Status == TrialStatus.Waiting ? stage.Name : null;
        }

        if (_state!.WaitingInSweep.FirstOrDefault() is { } waiting)
        {
            return waiting;
        }

        if (_state.Sweep!.Next is not { } assignment)
        {
            return null;
        }

        var name = SweepState.NameOf(_state.Sweep.History.Trials.Count);
        Record(new TrialProposed(name, assignment, now));
        return name;
    }

    private void Lease(string trial, string node) => Record(new TrialDispatched(trial, node, _state![trial].Lease + 1, now));

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
