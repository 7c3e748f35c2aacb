using System.Collections.Immutable;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Orchestration.Placement;

/// <summary>
/// Decides which run may hand out its next trials, and to which nodes: runs of a higher priority first, and among equals the
/// one whose trials have the fewest threads (max-min fairness: Bertsekas and Gallager, "Data Networks", 6.5.2). Nothing that is under way
/// is taken away. Immutable.
/// </summary>
/// <remarks>
/// A run answers an allotment with a claim that takes it into account. Until then what was allotted counts as taken, so that no
/// thread is given twice.
/// </remarks>
public sealed record DeviceBroker
{
    private ImmutableSortedDictionary<string, int> _threads = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
    private ImmutableList<QueuedRun> _runs = [];
    private long _last;

    public static DeviceBroker Empty { get; } = new();

    /// <summary>With the nodes that are within reach now.</summary>
    public DeviceBroker With(ClusterNodes nodes) => this with
    {
        _threads = nodes.Students.ToImmutableSortedDictionary(node => node, nodes.ThreadsOf, StringComparer.Ordinal),
    };

    /// <summary>With a run, after those there are. Until it has said what it has, nothing is allotted to anybody.</summary>
    public DeviceBroker With(RunId run, int priority) =>
        Find(run) is null ? this with { _runs = _runs.Add(new QueuedRun(run, priority)) } : this;

    public DeviceBroker Without(RunId run) => this with { _runs = _runs.RemoveAll(queued => queued.Run == run) };

    /// <summary>With what a run claims.</summary>
    /// <param name="answered">The number of the last allotment that the claim takes into account; null where the run's actor has just begun.</param>
    public DeviceBroker Hear(RunId run, DeviceClaim claim, long? answered) => Find(run) is not { } queued ? this : this with
    {
        _runs = _runs.Replace(queued, queued with
        {
            Claim = claim,
            Open = answered is { } number && queued.Open?.Number > number ? queued.Open : null,
        }),
    };

    /// <summary>One entry for each teacher of a run: its node.</summary>
    public ImmutableList<string> PinnedOf(RunId run) => Find(run)?.Claim?.Pinned ?? [];

    /// <summary>One entry for each teacher of other runs: its node.</summary>
    public ImmutableList<string> PinnedElsewhere(RunId run) =>
        [.. _runs.Where(queued => queued.Run != run).SelectMany(queued => queued.Claim?.Pinned ?? [])];

    /// <summary>What may be handed out now.</summary>
    public (DeviceBroker Broker, IReadOnlyList<Allotment> Allotments) Allot()
    {
        if (_runs.Any(queued => queued.Claim is null))
        {
            return (this, []);
        }

        var round = new AllotmentRound(_threads, _runs);
        var (broker, allotments) = (this, new List<Allotment>());
        foreach (var (queued, nodes) in round.Given())
        {
            var allotment = new Allotment(queued.Run, broker._last + 1, nodes);
            allotments.Add(allotment);
            broker = broker with { _last = allotment.Number, _runs = broker._runs.Replace(queued, queued with { Open = allotment }) };
        }

        return (broker, allotments);
    }

    private QueuedRun? Find(RunId run) => _runs.Find(queued => queued.Run == run);
}

/// <summary>Leave for a run to hand out as many trials as there are nodes in the list, each to its node.</summary>
/// <param name="Number">Goes up with every allotment.</param>
public sealed record Allotment(RunId Run, long Number, ImmutableList<string> Nodes);

/// <summary>A run in the queue.</summary>
/// <param name="Claim">Null until the run has said what it has.</param>
/// <param name="Open">What it has been allotted and has not answered.</param>
internal sealed record QueuedRun(RunId Run, int Priority, DeviceClaim? Claim = null, Allotment? Open = null);
