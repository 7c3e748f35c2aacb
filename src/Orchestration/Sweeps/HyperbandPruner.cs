using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>
/// Hyperband (Li et al., 1603.06560) over asynchronous successive halving: bracket b has its first rung after minimum ·
/// reduction^b epochs, and trials are compared within their bracket. Brackets get trials in the paper's proportion, ⌈n ·
/// reduction^s / (s + 1)⌉ for s = n - 1 - b, so that each spends about the same; they are interleaved by trial number.
/// </summary>
public sealed class HyperbandPruner : IPruner
{
    private readonly RungPrunerSpec _options;
    private readonly int _epochs;
    private readonly long[] _minima;
    private readonly int[] _brackets;

    /// <param name="epochs">What a whole trial trains; after the last epoch nothing is left to save.</param>
    public HyperbandPruner(RungPrunerSpec options, int epochs)
    {
        _options = options;
        _epochs = epochs;
        _minima = [.. Minima()];
        _brackets = Interleave([.. _minima.Select((_, bracket) => Share(bracket))]);
    }

    /// <summary>How many brackets there are; the last one stops nobody where its first rung is the last epoch.</summary>
    public int Brackets => _minima.Length;

    /// <summary>The bracket of a trial, from 0, the one that stops earliest.</summary>
    public int BracketOf(int trial) => _brackets[trial % _brackets.Length];

    public Rung? RungAt(int trial, int epoch)
    {
        var bracket = BracketOf(trial);
        return epoch < _epochs && AshaPruner.IsRung(epoch, _minima[bracket], _options.Reduction) ? new Rung(bracket, epoch) : null;
    }

    public bool Stops(RungBoard board, int trial) => AshaPruner.StopsAtRung(this, board, trial, _options.Reduction);

    private IEnumerable<long> Minima()
    {
        for (long minimum = _options.Minimum; minimum <= _epochs; minimum *= _options.Reduction)
        {
            yield return minimum;
        }
    }

    private int Share(int bracket)
    {
        var halvings = Brackets - 1 - bracket;
        return (int)Math.Ceiling(Brackets * Math.Pow(_options.Reduction, halvings) / (halvings + 1));
    }

    /// <summary>Smooth weighted round robin: one turn, in which each bracket has its share, spread evenly.</summary>
    private static int[] Interleave(int[] shares)
    {
        var turn = new int[shares.Sum()];
        var due = new int[shares.Length];
        for (var i = 0; i < turn.Length; i++)
        {
            for (var bracket = 0; bracket < due.Length; bracket++)
            {
                due[bracket] += shares[bracket];
            }

            turn[i] = Array.IndexOf(due, due.Max());
            due[turn[i]] -= turn.Length;
        }

        return turn;
    }
}
