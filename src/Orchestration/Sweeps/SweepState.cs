using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>What a run's ledger says about its sweep. Immutable; each change costs O(log n).</summary>
public sealed record SweepState
{
    private const string Prefix = "student-";

    private SweepState(Sweep sweep, long seed) => (Sweep, Seed, Board) = (sweep, seed, RungBoard.For(sweep.Pruner));

    public Sweep Sweep { get; }

    public long Seed { get; }

    public SweepHistory History { get; private init; } = SweepHistory.Empty;

    public RungBoard Board { get; private init; }

    /// <summary>Every accuracy that trials have reported, by the trial's number, in the order of epochs.</summary>
    public ImmutableDictionary<int, ImmutableList<MeasuredEpoch>> Curves { get; private init; } =
        ImmutableDictionary<int, ImmutableList<MeasuredEpoch>>.Empty;

    /// <summary>The numbers of the trials that have not ended.</summary>
    public ImmutableSortedSet<int> Open { get; private init; } = [];

    /// <summary>What to try next; null where as many trials as may are under way, or nothing is left to try.</summary>
    public Assignment? Next => Room > 0 ? Sweep.Sampler.Propose(History, Seed) : null;

    /// <summary>How many more trials could be under way now.</summary>
    public int Room => (int)BigInteger.Max(0, BigInteger.Min(Sweep.Parallel - Open.Count, Sweep.Sampler.Left(History)));

    /// <summary>Whether every trial has ended and none will follow.</summary>
    public bool IsConcluded => Open.IsEmpty && Room == 0;

    /// <summary>The best finished trial by the first objective, of equals the one with the lowest number; null where none has finished.</summary>
    public SweepTrial? Best { get; private init; }

    /// <summary>Epochs that all trials have trained together.</summary>
    public long EpochsTrained => Curves.Values.Sum(curve => (long)curve[^1].Epoch);

    /// <summary>Null where the spec has no sweep.</summary>
    public static SweepState? Of(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Sweep.Of(spec) is { } sweep ? new SweepState(sweep, Seeds.Derive(spec.Seed, "sweep")) : null;
    }

    /// <summary>The name of a trial, from its number: they count from 1 for people.</summary>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number + 1}");

    /// <summary>Whether a trial of some sweep may be called so.</summary>
    public static bool IsName(string name) => NumberOf(name) is not null;

    /// <summary>The trial of a name, or null where the name is of no trial of this sweep.</summary>
    public SweepTrial? Find(string name) =>
        NumberOf(name) is { } number && number < History.Trials.Count ? History.Trials[number] : null;

    public SweepState Propose(Assignment assignment) =>
        this with { Open = Open.Add(History.Trials.Count), History = History.Begin(assignment) };

    public SweepState Measure(int trial, MeasuredEpoch measured) => this with
    {
        Board = Board.Report(trial, measured.Epoch, measured.Accuracy),
        Curves = Curves.SetItem(trial, Curves.GetValueOrDefault(trial, []).Add(measured)),
    };

    /// <summary>Whether the trial has not reported this epoch, or a later one, yet.</summary>
    public bool IsNews(int trial, int epoch) => Board.StandingOf(trial) is not { } standing || epoch > standing.Epoch;

    /// <summary>Whether the pruner ends the trial after what it reported last.</summary>
    public bool Stops(int trial) => Sweep.Pruner.Stops(Board, trial);

    public SweepState Finish(int trial, TrainedOutcome outcome)
    {
        var history = History.Finish(trial, [.. Sweep.Objectives.Select(objective => Value(objective, outcome))]);
        return this with { Open = Open.Remove(trial), History = history, Best = Better(Best, history.Trials[trial]) };
    }

    public SweepState Prune(int trial)
    {
        var standing = Board.StandingOf(trial) ?? throw new InvalidOperationException($"Trial {trial} has reported nothing to prune it for.");
        return this with { Open = Open.Remove(trial), History = History.Prune(trial, standing.Epoch, standing.Value) };
    }

    public SweepState Fail(int trial) => this with { Open = Open.Remove(trial), History = History.Fail(trial) };

    private static int? NumberOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        && position >= 1
            ? position - 1
            : null;

    private SweepTrial Better(SweepTrial? best, SweepTrial other) =>
        best is null || Rank(other).CompareTo(Rank(best)) < 0 ? other : best;

    private (double Cost, int Number) Rank(SweepTrial trial) => (Sweep.Objectives[0].Cost(trial.Objectives[0]), trial.Number);

    private static double Value(Objective objective, TrainedOutcome outcome) => objective.Name switch
    {
        ObjectiveName.Accuracy => outcome.Validation ?? double.NaN,
        ObjectiveName.Parameters => outcome.Parameters,
        ObjectiveName.Latency => outcome.LatencyMilliseconds ?? double.NaN,
        _ => throw new InvalidOperationException($"No trial has a {objective.Name}."),
    };
}
