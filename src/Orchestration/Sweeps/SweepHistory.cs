using System.Collections.Immutable;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>All trials of a sweep so far; immutable, each change costs O(log n).</summary>
public sealed class SweepHistory
{
    private readonly ImmutableHashSet<Assignment> _tried;

    private SweepHistory(ImmutableList<SweepTrial> trials, ImmutableHashSet<Assignment> tried, int ended)
    {
        _tried = tried;
        Trials = trials;
        Ended = ended;
    }

    public static SweepHistory Empty { get; } = new([], [], 0);

    /// <summary>By number.</summary>
    public ImmutableList<SweepTrial> Trials { get; }

    /// <summary>Trials that finished or were pruned.</summary>
    public int Ended { get; }

    /// <summary>How many different assignments there are among the trials.</summary>
    public int Tried => _tried.Count;

    public bool HasTried(Assignment assignment) => _tried.Contains(assignment);

    /// <summary>With one more trial, which bears the next number.</summary>
    public SweepHistory Begin(Assignment assignment) =>
        new(Trials.Add(new SweepTrial(Trials.Count, assignment)), _tried.Add(assignment), Ended);

    /// <param name="objectives">In the order of the sweep's objectives.</param>
    /// <exception cref="InvalidOperationException">The trial has ended already.</exception>
    public SweepHistory Finish(int trial, IReadOnlyList<double> objectives) =>
        End(Trials[trial] with { State = SweepTrialState.Finished, Objectives = objectives }, counts: true);

    /// <param name="epochs">After how many epochs.</param>
    /// <param name="value">The first objective, as last reported.</param>
    /// <exception cref="InvalidOperationException">The trial has ended already.</exception>
    public SweepHistory Prune(int trial, int epochs, double value) =>
        End(Trials[trial] with { State = SweepTrialState.Pruned, Objectives = [value], Epochs = epochs }, counts: true);

    /// <exception cref="InvalidOperationException">The trial has ended already.</exception>
    public SweepHistory Fail(int trial) => End(Trials[trial] with { State = SweepTrialState.Failed }, counts: false);

    private SweepHistory End(SweepTrial trial, bool counts) =>
        Trials[trial.Number].State == SweepTrialState.Running
            ? new SweepHistory(Trials.SetItem(trial.Number, trial), _tried, Ended + (counts ? 1 : 0))
            : throw new InvalidOperationException($"Trial {trial.Number} is {Trials[trial.Number].State} already.");
}
