using Stillhouse.Messages.Randomness;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

/// <summary>Made-up trainings, whose accuracy rises towards an end of their own, run under a pruner as a coordinator would.</summary>
/// <param name="Ends">The accuracy that each trial comes to.</param>
internal sealed record LearningCurves(IReadOnlyList<double> Ends, int Epochs)
{
    /// <summary>Ends spread evenly over 0.5 to 0.9, in a random order.</summary>
    public static LearningCurves Shuffled(int trials, int epochs, long seed)
    {
        var random = new SplitMix64(seed);
        return new LearningCurves(
            [.. Enumerable.Range(0, trials).OrderBy(_ => random.Next()).Select(i => 0.5 + (0.4 * i / Math.Max(1, trials - 1)))], epochs);
    }

    /// <summary>Faster ones rise faster; a wave hides the order of the near.</summary>
    public double Accuracy(int trial, int epoch) =>
        (Ends[trial] * (1 - Math.Exp(-epoch / 3.0))) + (0.01 * Math.Sin(trial + (epoch * 1.7)));

    /// <summary>The epochs that each trial trained, so many trials at once; which of them ends its epoch next is drawn.</summary>
    public int[] Train(IPruner pruner, int parallel, long seed)
    {
        var random = new SplitMix64(seed);
        var trained = new int[Ends.Count];
        var board = RungBoard.For(pruner);
        var running = Enumerable.Range(0, Math.Min(parallel, Ends.Count)).ToList();
        var next = running.Count;
        while (running.Count > 0)
        {
            var place = random.Below(running.Count);
            var trial = running[place];
            trained[trial]++;
            board = board.Report(trial, trained[trial], Accuracy(trial, trained[trial]));
            if (!pruner.Stops(board, trial) && trained[trial] < Epochs)
            {
                continue;
            }

            running.RemoveAt(place);
            if (next < Ends.Count)
            {
                running.Add(next++);
            }
        }

        return trained;
    }
}
