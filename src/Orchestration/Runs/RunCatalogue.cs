using System.Collections.Immutable;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.CatalogueEvents;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Which runs there are, in the order of submission.</summary>
public sealed record RunCatalogue(ImmutableList<CatalogueEntry> Entries)
{
    public static RunCatalogue Empty { get; } = new(ImmutableList<CatalogueEntry>.Empty);

    public CatalogueEntry? Find(RunId run) => Entries.Find(entry => entry.Run == run);

    /// <summary>Runs that the coordinator still has something to do for.</summary>
    public IEnumerable<CatalogueEntry> Open => Entries.Where(entry => entry.IsOpen);

    /// <summary>The next runs after the first <paramref name="skip"/>.</summary>
    public Messages.Runs.CatalogueProtocol.Runs Page(int skip, int size) =>
        new([.. Entries.Skip(skip).Take(size).Select(entry => entry.Listing)], Entries.Count);

    /// <summary>Runs that may have been meant, the likeliest first.</summary>
    public IEnumerable<string> Nearest(RunId run) => Specs.Nearest.All(run.Value, Entries.Select(entry => entry.Run.Value)).Take(3);

    /// <summary>Replays one fact.</summary>
    /// <exception cref="InvalidOperationException">The fact is unknown, or is about a run that was never listed.</exception>
    public RunCatalogue Apply(ICatalogueEvent fact) => fact switch
    {
        RunListed e => new(Entries.Add(new CatalogueEntry(e.Submission, e.At, RunStatus.Running, e.At))),
        RunMoved e when Find(e.Run) is { } entry => new(Entries.Replace(entry, entry with { Status = e.Status, Since = e.At })),
        _ => throw new InvalidOperationException($"The fact {fact.GetType().Name} about run {fact.Run} does not follow from the catalogue."),
    };

    /// <summary>What follows from a submission: nothing where the run is known already.</summary>
    public ICatalogueEvent? Submit(SubmitRun submission, DateTimeOffset now) =>
        Find(submission.Run) is null ? new RunListed(submission, now) : null;

    /// <summary>What follows from hearing where a run stands.</summary>
    public ICatalogueEvent? Hear(RunId run, RunStatus status, DateTimeOffset now) =>
        Find(run) is { } entry && entry.Status != status ? new RunMoved(run, status, now) : null;
}

/// <summary>One run of the catalogue.</summary>
/// <param name="Submission">With what it was submitted.</param>
/// <param name="Since">When it came to stand where it stands.</param>
public sealed record CatalogueEntry(SubmitRun Submission, DateTimeOffset SubmittedAt, RunStatus Status, DateTimeOffset Since)
{
    public RunId Run => Submission.Run;

    public bool IsOpen => Status is RunStatus.Running or RunStatus.Paused;

    public RunListing Listing => new(Run, Submission.Spec.Name, Submission.Priority, Status, SubmittedAt, Since);
}
