using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Runs;

/// <summary>What a run has of the cluster's devices, and what it wants.</summary>
public static class DeviceClaims
{
    /// <summary>Whoever wants something uses at least a part of what it is allotted. Every trial counts with the threads of the largest.</summary>
    public static DeviceClaim Of(RunState state, ClusterNodes nodes) => new(
        [.. state.Trials.Active
            .Where(name => !state.IsTeacher(name) && state[name].Node is not null)
            .Select(name => (state[name].Node!, state.Plan.StudentThreads))],
        [.. ReplicaPlacement.Occupied(state)],
        state.MayHandOut(nodes) ? state.Ready.Where(stage => stage.Kind != StageKind.Train).Sum(stage => Wanted(state, stage)) : 0,
        state.Plan.StudentThreads,
        state.Ready.Count(stage => stage.Companions.Count > 0));

    /// <summary>Whether a claim may be another one after the fact. Most facts are of trials that go on.</summary>
    public static bool MayChangeBy(IRunEvent fact) => fact is not (RunEvents.TrialBegun or RunEvents.TrialMeasured);

    private static int Wanted(RunState state, Stage stage) =>
        stage.IsSweep ? state.WaitingInSweep.Count() + state.Sweep!.Room : 1;
}
