using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>
/// Stops a trial whose best value so far is below the median of what the others had at the same epoch (Golovin et al.,
/// "Google Vizier", KDD 2017, as in Optuna). Unlike there, every other trial that has reached the epoch counts, not only
/// those that have finished: trials under way at once need not wait for the first to end.
/// </summary>
/// <param name="epochs">What a whole trial trains; after the last epoch nothing is left to save.</param>
public sealed class MedianPruner(MedianPrunerSpec options, int epochs) : IPruner
{
    public Rung? RungAt(int trial, int epoch) =>
        epoch >= options.Warmup && epoch < epochs ? new Rung(0, epoch) : null;

    public bool Stops(RungBoard board, int trial)
    {
        if (board.StandingOf(trial) is not { } standing || RungAt(trial, standing.Epoch) is not { } rung)
        {
            return false;
        }

        var others = board.At(rung).Remove((standing.Value, trial));
        return others.Count >= options.Startup && standing.Best < (others[(others.Count - 1) / 2].Value + others[others.Count / 2].Value) / 2;
    }
}
