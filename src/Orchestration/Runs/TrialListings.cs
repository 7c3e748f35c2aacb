using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Sweeps;
using static Stillhouse.Messages.Runs.RunInquiries;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Lists a run's trials, and the best of its sweep.</summary>
public static class TrialListings
{
    /// <summary>The next trials after the first <paramref name="skip"/>.</summary>
    public static Trials Page(RunState state, int skip, int size)
    {
        var names = state.Plan.Stages.SelectMany(state.TrialsOf).ToArray();
        return new Trials(state.Run, [.. names.Skip(skip).Take(size).Select(name => Of(state, name))], names.Length);
    }

    /// <param name="size">The most trials of the front to list.</param>
    public static BestFound Best(RunState state, int size)
    {
        if (state.Sweep is not { } sweep)
        {
            return new BestFound(state.Run, [], null, [], FrontSize: 0, Ended: 0, IsConcluded: true);
        }

        var front = sweep.Sweep.Objectives.Count > 1 ? SweepResults.ParetoFront(sweep.History, sweep.Sweep.Objectives) : [];
        return new BestFound(
            state.Run,
            [.. sweep.Sweep.Objectives.Select(objective => objective.Name)],
            sweep.Best is { } best ? Of(state, SweepState.NameOf(best.Number)) : null,
            [.. front.Take(size).Select(trial => Of(state, SweepState.NameOf(trial.Number)))],
            front.Count,
            sweep.History.Trials.Count - sweep.Open.Count,
            sweep.IsConcluded);
    }

    public static TrialListing Of(RunState state, string name)
    {
        var trial = state[name];
        var outcome = trial.Outcome as TrainedOutcome;
        var swept = state.Sweep?.Find(name);
        var standing = swept is null ? null : state.Sweep!.Board.StandingOf(swept.Number);
        return new TrialListing(
            name,
            state.StageOf(name).Kind,
            trial.Status,
            trial.Node,
            swept?.Assignment.ToString(),
            swept is null ? null : standing?.Epoch ?? 0,
            outcome?.Validation ?? standing?.Value,
            outcome?.Parameters,
            outcome?.LatencyMilliseconds,
            outcome?.Weights);
    }
}
