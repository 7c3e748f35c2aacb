using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Replicas;
using Stillhouse.Orchestration.Sweeps;
using static Stillhouse.Messages.Runs.RunEvents;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Replays a run's facts: total over <see cref="IRunEvent"/>, without a clock, without effects.</summary>
public static class RunLedger
{
    /// <exception cref="InvalidOperationException">The fact is unknown, or comes before the run has begun.</exception>
    public static RunState Apply(RunState? state, IRunEvent fact) => (state, fact) switch
    {
        (null, RunBegun begun) => Begin(begun),
        (not null, TrialDispatched e) => state.With(
            e.Trial, trial => trial with { Status = TrialStatus.Dispatched, Node = e.Node, Lease = e.Lease, Endpoint = null }),
        (not null, TrialBegun e) => state.With(e.Trial, trial => trial with { Status = TrialStatus.Running, Node = e.Node }),
        (not null, PeerServed e) => state.With(e.Trial, trial => trial with { Endpoint = e.Endpoint }),
        (not null, TrialEnded e) => End(state, e),
        (not null, TrialProposed e) => Propose(state, e),
        (not null, TrialMeasured e) => state.Swept(e.Trial, (sweep, number) => sweep.Measure(number, e.Measured)),
        (not null, TrialPruned e) => state
            .With(e.Trial, trial => trial with { Status = TrialStatus.Pruned })
            .Swept(e.Trial, (sweep, number) => sweep.Prune(number)),
        (not null, TrialLost e) => state.With(e.Trial, trial => trial.WaitingAgain),
        (not null, TrialBroke e) => state
            .With(e.Trial, trial => trial with { Status = TrialStatus.Failed })
            .Swept(e.Trial, (sweep, number) => sweep.Fail(number)),
        (not null, ReplicaDispatched e) => state.With(new ReplicaState(e.Trial, e.Node, ReplicaStatus.Dispatched, e.At)),
        (not null, ReplicaServed e) => state.With(new ReplicaState(e.Trial, e.Endpoint.Node, ReplicaStatus.Serving, e.At, e.Endpoint)),
        (not null, ReplicaLost e) => state with { Replicas = state.Replicas.Without(e.Trial, e.Node) },
        (not null, ReplicaBroke e) => state.With(new ReplicaState(e.Trial, e.Node, ReplicaStatus.Broken, e.At, Reason: e.Reason)),
        (not null, ReplicaQuarantined e) => state.With(new ReplicaState(e.Trial, e.Node, ReplicaStatus.Quarantined, e.At, Reason: e.Reason)),
        (not null, RunEnded e) => Released(state) with { Status = RunStatus.Completed, Report = e.Report },
        (not null, RunBroke e) => StopActive(Released(state)) with { Status = RunStatus.Failed, Reason = e.Reason },
        (not null, RunStopped) => StopActive(Released(state)) with { Status = RunStatus.Cancelled },
        (not null, RunPaused) => AskedNoMore(WaitAgain(state, trial => trial.IsActive)) with { Status = RunStatus.Paused },
        (not null, RunResumed) => state with { Status = RunStatus.Running },
        (not null, RunRetried) => Retry(state),
        _ => throw new InvalidOperationException(
            $"The fact {fact.GetType().Name} does not follow from {(state is null ? "an empty ledger" : $"a run that is {state.Status}")}."),
    };

    private static RunState Begin(RunBegun begun)
    {
        var plan = PlanCompiler.Compile(begun.Spec);
        var trials = plan.Stages
            .Where(stage => !stage.IsSweep)
            .Aggregate(TrialBook.Empty, (book, stage) => book.With(stage.Name, TrialState.Waiting));
        return new RunState(begun, plan, RunStatus.Running, trials) { Sweep = SweepState.Of(begun.Spec) };
    }

    private static RunState Propose(RunState state, TrialProposed proposed) => state with
    {
        Trials = state.Trials.With(proposed.Trial, TrialState.Waiting),
        Sweep = state.Sweep!.Propose(proposed.Assignment),
    };

    /// <summary>A teacher serves from the moment in which it is trained: that is its first replica.</summary>
    private static RunState End(RunState state, TrialEnded ended)
    {
        var after = state.With(ended.Trial, trial => trial with { Status = TrialStatus.Finished, Outcome = ended.Outcome });
        if (ended.Outcome is TrainedOutcome trained)
        {
            after = after.Swept(ended.Trial, (sweep, number) => sweep.Finish(number, trained));
        }

        return ended.Endpoint is { } endpoint
            ? after.With(new ReplicaState(ended.Trial, endpoint.Node, ReplicaStatus.Serving, ended.At, endpoint))
            : after;
    }

    private static RunState StopActive(RunState state) =>
        state.With(trial => trial.IsActive ? trial with { Status = TrialStatus.Stopped } : trial);

    /// <summary>What a sweep has counted as failed stays so: under the same numbers it would fail again.</summary>
    private static RunState Retry(RunState state)
    {
        var broken = state.Plan.Stages
            .Where(stage => !stage.IsSweep && state[stage.Name].Status == TrialStatus.Failed)
            .Aggregate(state, (run, stage) => run.With(stage.Name, trial => trial.WaitingAgain));
        return AskedNoMore(WaitAgain(broken, trial => trial.Status == TrialStatus.Stopped)) with { Status = RunStatus.Running, Reason = null };
    }

    /// <summary>Networks that had finished are learnt again from their last checkpoint where others have not: only then can these ask them.</summary>
    private static RunState AskedNoMore(RunState state) => !state.IsLive ? state : state.Plan.Live
        .Where(stage => state[stage.Name].Status == TrialStatus.Finished)
        .Aggregate(state, (run, stage) => run.With(stage.Name, trial => trial.WaitingAgain));

    private static RunState WaitAgain(RunState state, Func<TrialState, bool> which) =>
        Released(state).With(trial => which(trial) ? trial.WaitingAgain : trial);

    /// <summary>Its nodes have been told that its teachers are needed no more.</summary>
    private static RunState Released(RunState state) => state with { Replicas = state.Replicas.WithoutLive() };
}
