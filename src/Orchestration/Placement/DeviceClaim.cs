using System.Collections.Immutable;

namespace Stillhouse.Orchestration.Placement;

/// <summary>What a run has of the cluster's devices, and what it would like to have.</summary>
/// <param name="Held">One entry for each trial of a student under way: its node and its CPU threads.</param>
/// <param name="Pinned">One entry for each teacher that is trained or served: its node.</param>
/// <param name="Wanted">How many more trials of students could be handed out now.</param>
/// <param name="Threads">CPU threads that each of them needs.</param>
/// <param name="Together">How many of them can be handed out only at once.</param>
public sealed record DeviceClaim(
    ImmutableList<(string Node, int Threads)> Held, ImmutableList<string> Pinned, int Wanted, int Threads, int Together = 0)
{
    /// <summary>CPU threads that its trials have together.</summary>
    public int Share => Held.Sum(trial => trial.Threads);
}
