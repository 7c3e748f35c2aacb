using System.Collections;
using System.Collections.Immutable;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Orchestration.Runs;

/// <summary>
/// What the ledger says about a run's trials, by name. Immutable; which are under way, and how many are still wanted, is
/// known without looking at all of them: a sweep may have thousands.
/// </summary>
public sealed class TrialBook : IEnumerable<KeyValuePair<string, TrialState>>
{
    private readonly ImmutableDictionary<string, TrialState> _trials;

    private TrialBook(ImmutableDictionary<string, TrialState> trials, ImmutableSortedSet<string> active, int begun, int unfinished) =>
        (_trials, Active, Begun, Unfinished) = (trials, active, begun, unfinished);

    public static TrialBook Empty { get; } = new(
        ImmutableDictionary.Create<string, TrialState>(StringComparer.Ordinal),
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal),
        begun: 0,
        unfinished: 0);

    /// <summary>The trials that some node works on.</summary>
    public ImmutableSortedSet<string> Active { get; }

    /// <summary>How many have ever been handed out, whatever became of them.</summary>
    public int Begun { get; }

    /// <summary>How many trials' results are still wanted.</summary>
    public int Unfinished { get; }

    /// <exception cref="KeyNotFoundException">The run has no such trial.</exception>
    public TrialState this[string trial] => _trials[trial];

    public TrialState? Find(string trial) => _trials.GetValueOrDefault(trial);

    public TrialBook With(string trial, TrialState state)
    {
        var before = Find(trial);
        return new TrialBook(
            _trials.SetItem(trial, state),
            state.IsActive ? Active.Add(trial) : Active.Remove(trial),
            Begun + Count(state, HasBegun) - Count(before, HasBegun),
            Unfinished + Count(state, IsUnfinished) - Count(before, IsUnfinished));
    }

    /// <summary>With every trial changed.</summary>
    public TrialBook With(Func<TrialState, TrialState> change) =>
        _trials.Aggregate(Empty, (book, trial) => book.With(trial.Key, change(trial.Value)));

    public IEnumerator<KeyValuePair<string, TrialState>> GetEnumerator() => _trials.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What waits again has had a lease; ledgers of older versions have none.</summary>
    private static bool HasBegun(TrialState trial) => trial.Lease > 0 || trial.Status != TrialStatus.Waiting;

    private static bool IsUnfinished(TrialState trial) => trial.IsUnfinished;

    private static int Count(TrialState? trial, Func<TrialState, bool> which) => trial is not null && which(trial) ? 1 : 0;
}
