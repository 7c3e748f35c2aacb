using System.Collections.Immutable;

namespace Stillhouse.Orchestration.Placement;

/// <summary>Gives free threads to the runs that want some, one trial at a time.</summary>
internal sealed class AllotmentRound
{
    private readonly IReadOnlyDictionary<string, int> _threads;
    private readonly Dictionary<string, int> _free;
    private readonly ILookup<string, string> _pinned;
    private readonly List<Applicant> _applicants;
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);

    /// <param name="threads">CPU threads by node.</param>
    /// <param name="runs">All of which have said what they have, in the order of submission.</param>
    public AllotmentRound(IReadOnlyDictionary<string, int> threads, IReadOnlyList<QueuedRun> runs)
    {
        _threads = threads;
        _free = new Dictionary<string, int>(threads, StringComparer.Ordinal);
        _pinned = runs.SelectMany(run => run.Claim!.Pinned).ToLookup(node => node, StringComparer.Ordinal);
        foreach (var (node, taken) in runs.SelectMany(Taken))
        {
            if (_free.ContainsKey(node))
            {
                _free[node] -= taken;
            }
        }

        _applicants = [.. runs.Select((run, position) => new Applicant(run, position)).Where(applicant => applicant is { Run.Open: null, Wanted: > 0 })];
    }

    /// <summary>The runs that are given something, and where.</summary>
    public IEnumerable<(QueuedRun Run, ImmutableList<string> Nodes)> Given()
    {
        var waiting = _applicants.ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.MinBy(applicant => applicant.Rank)!;
            if (Choose(next.Claim.Threads) is { } node)
            {
                next.Take(node);
                _free[node] -= next.Claim.Threads;
            }
            else
            {
                Reserve(next.Claim.Threads);
                waiting.Remove(next);
            }

            if (next.Wanted == 0)
            {
                waiting.Remove(next);
            }
        }

        return _applicants.Where(applicant => applicant.Useful.Count > 0).Select(applicant => (applicant.Run, applicant.Useful));
    }

    /// <summary>The node with most free threads, of equals the one with the fewest teachers.</summary>
    private string? Choose(int threads) =>
        Unreserved(threads)
            .Where(node => _free[node] >= threads)
            .OrderByDescending(node => _free[node])
            .ThenBy(node => _pinned[node].Count())
            .ThenBy(node => node, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>Keeps the node that is nearest to having room: else a trial of many threads would wait behind small ones for ever.</summary>
    private void Reserve(int threads)
    {
        if (Unreserved(threads).OrderByDescending(node => _free[node]).ThenBy(node => node, StringComparer.Ordinal).FirstOrDefault() is { } nearest)
        {
            _reserved.Add(nearest);
        }
    }

    private IEnumerable<string> Unreserved(int threads) => _threads.Keys.Where(node => _threads[node] >= threads && !_reserved.Contains(node));

    private static IEnumerable<(string Node, int Threads)> Taken(QueuedRun run) =>
        run.Claim!.Held.Concat((run.Open?.Nodes ?? []).Select(node => (node, run.Claim.Threads)));

    private sealed class Applicant(QueuedRun run, int position)
    {
        public QueuedRun Run => run;

        public DeviceClaim Claim => run.Claim!;

        public List<string> Nodes { get; } = [];

        public int Wanted => Claim.Wanted - Nodes.Count;

        /// <summary>Where not all fit that can be handed out only at once, what is left for the others. The rest stays free meanwhile.</summary>
        public ImmutableList<string> Useful =>
            [.. Nodes.Count < Claim.Together ? Nodes.Take(Claim.Wanted - Claim.Together) : Nodes];

        public (int Urgency, int Share, int Position) Rank => (-run.Priority, Claim.Share + (Nodes.Count * Claim.Threads), position);

        public void Take(string node) => Nodes.Add(node);
    }
}
