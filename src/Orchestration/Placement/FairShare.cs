using System.Collections.Immutable;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Orchestration.Placement;

/// <summary>What a run would use of the student nodes if it had them to itself.</summary>
/// <param name="Priority">Runs of a higher one are served first.</param>
/// <param name="Threads">CPU threads of all trials that are under way or could be.</param>
public sealed record Demand(RunId Run, int Priority, int Threads);

/// <summary>
/// Divides the threads of student nodes between runs: a higher priority is served first, and among equals nobody gets more
/// while another who wants it has less (max-min fairness; Bertsekas and Gallager, "Data Networks", 1992).
/// </summary>
public static class FairShare
{
    /// <param name="threads">Of all student nodes together.</param>
    /// <param name="demands">One per run, in the order of submission: the earlier ones get what cannot be divided.</param>
    /// <returns>
    /// Threads per run, together at most <paramref name="threads"/>; a run's share is never more than its demand.
    /// </returns>
    public static ImmutableDictionary<RunId, int> Divide(int threads, IReadOnlyList<Demand> demands)
    {
        ArgumentNullException.ThrowIfNull(demands);
        var shares = ImmutableDictionary.CreateBuilder<RunId, int>();
        foreach (var equals in demands.GroupBy(demand => demand.Priority).OrderByDescending(group => group.Key))
        {
            // The modest first: what they leave is divided among the rest.
            var waiting = equals.Select((demand, order) => (demand, order)).OrderBy(entry => entry.demand.Threads).ThenBy(entry => entry.order).ToList();
            for (var served = 0; served < waiting.Count; served++)
            {
                var (demand, _) = waiting[served];
                var left = waiting.Count - served;
                var part = (threads + left - 1) / left;
                shares[demand.Run] = Math.Min(demand.Threads, part);
                threads -= shares[demand.Run];
            }
        }

        return shares.ToImmutable();
    }
}
