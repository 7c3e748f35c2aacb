using System.Collections.Immutable;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>Where trials are compared: those of one bracket, after one epoch.</summary>
/// <param name="Epoch">Epochs trained, from 1.</param>
public readonly record struct Rung(int Bracket, int Epoch);

/// <summary>What a trial last reported.</summary>
/// <param name="Epoch">Epochs trained, from 1.</param>
/// <param name="Value">After that epoch; more is better.</param>
/// <param name="Best">Of all its epochs so far.</param>
public readonly record struct Standing(int Epoch, double Value, double Best);

/// <summary>
/// What trials reported after their epochs, folded for a pruner: the values at each of its rungs, in order. Immutable; a
/// report costs O(log n), and so do rank and median.
/// </summary>
public sealed class RungBoard
{
    private readonly Func<int, int, Rung?> _rungAt;
    private readonly ImmutableDictionary<int, Standing> _standings;
    private readonly ImmutableDictionary<Rung, ImmutableSortedSet<(double Value, int Trial)>> _rungs;

    private RungBoard(
        Func<int, int, Rung?> rungAt,
        ImmutableDictionary<int, Standing> standings,
        ImmutableDictionary<Rung, ImmutableSortedSet<(double Value, int Trial)>> rungs)
    {
        _rungAt = rungAt;
        _standings = standings;
        _rungs = rungs;
    }

    /// <summary>An empty board with the rungs of a pruner.</summary>
    public static RungBoard For(IPruner pruner) =>
        new(
            pruner.RungAt,
            ImmutableDictionary<int, Standing>.Empty,
            ImmutableDictionary<Rung, ImmutableSortedSet<(double, int)>>.Empty);

    /// <summary>
    /// With one more report. An epoch that is not later than the trial's newest changes nothing: a trial that goes on from a
    /// checkpoint says again what it said before.
    /// </summary>
    /// <param name="epoch">Epochs trained, from 1.</param>
    /// <param name="value">More is better; what is not a number is worst.</param>
    public RungBoard Report(int trial, int epoch, double value)
    {
        var known = _standings.TryGetValue(trial, out var before);
        if (known && epoch <= before.Epoch)
        {
            return this;
        }

        var worth = double.IsNaN(value) ? double.NegativeInfinity : value;
        var standing = new Standing(epoch, worth, known ? Math.Max(worth, before.Best) : worth);
        return new RungBoard(
            _rungAt,
            _standings.SetItem(trial, standing),
            _rungAt(trial, epoch) is { } rung ? _rungs.SetItem(rung, At(rung).Add((worth, trial))) : _rungs);
    }

    /// <summary>Null before a trial's first report.</summary>
    public Standing? StandingOf(int trial) => _standings.TryGetValue(trial, out var standing) ? standing : null;

    /// <summary>What trials reported at a rung, worst first.</summary>
    internal ImmutableSortedSet<(double Value, int Trial)> At(Rung rung) =>
        _rungs.GetValueOrDefault(rung, []);
}
