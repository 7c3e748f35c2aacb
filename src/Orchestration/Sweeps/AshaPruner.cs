using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>
/// Asynchronous successive halving (Li et al., 1810.05934) in the variant that stops trials and never resumes them, as in
/// Ray Tune and Optuna: after minimum · reduction^k epochs a trial goes on only if it is in the top 1/reduction of those
/// that have reached the rung so far, itself included; the best one always goes on.
/// </summary>
/// <param name="epochs">What a whole trial trains; after the last epoch nothing is left to save.</param>
public sealed class AshaPruner(RungPrunerSpec options, int epochs) : IPruner
{
    public Rung? RungAt(int trial, int epoch) =>
        epoch < epochs && IsRung(epoch, options.Minimum, options.Reduction) ? new Rung(0, epoch) : null;

    public bool Stops(RungBoard board, int trial) => StopsAtRung(this, board, trial, options.Reduction);

    internal static bool IsRung(int epoch, long minimum, int reduction)
    {
        var rung = minimum;
        while (rung < epoch)
        {
            rung *= reduction;
        }

        return rung == epoch;
    }

    internal static bool StopsAtRung(IPruner pruner, RungBoard board, int trial, int reduction)
    {
        if (board.StandingOf(trial) is not { } standing || pruner.RungAt(trial, standing.Epoch) is not { } rung)
        {
            return false;
        }

        var reached = board.At(rung);
        return standing.Value < reached[^Math.Max(1, reached.Count / reduction)].Value;
    }
}
