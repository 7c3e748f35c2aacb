using Stillhouse.Messages.Identity;

namespace Stillhouse.Messages.Runs;

/// <summary>A fact about which runs there are. Replaying all of them yields the coordinator's catalogue.</summary>
public interface ICatalogueEvent : IProtocolMessage
{
    RunId Run { get; }

    DateTimeOffset At { get; }
}

/// <summary>The facts that the catalogue of runs is made of.</summary>
public static class CatalogueEvents
{
    /// <summary>From here on the run is not lost, whatever fails; its own ledger begins with it.</summary>
    [WireName("catalogue.run-listed/1")]
    public sealed record RunListed(RunProtocol.SubmitRun Submission, DateTimeOffset At) : ICatalogueEvent
    {
        public RunId Run => Submission.Run;
    }

    /// <summary>The run's ledger says that it stands elsewhere than the catalogue knew.</summary>
    [WireName("catalogue.run-moved/1")]
    public sealed record RunMoved(RunId Run, RunStatus Status, DateTimeOffset At) : ICatalogueEvent;
}

/// <summary>Between whoever wants to know which runs there are and the coordinator.</summary>
public static class CatalogueProtocol
{
    /// <summary>Client to coordinator: which runs do you know?</summary>
    /// <param name="Skip">So many, from the first on, the client has been told of already.</param>
    [WireName("catalogue.list/1")]
    public sealed record ListRuns(int Skip) : IProtocolMessage;

    /// <summary>Coordinator's answer, in the order of submission: as many as a message has room for.</summary>
    /// <param name="Total">How many there are in all.</param>
    [WireName("catalogue.runs/1")]
    public sealed record Runs(IReadOnlyList<RunListing> Listings, int Total) : IProtocolMessage;

    /// <summary>Client to coordinator: where are the weights that runs have left behind?</summary>
    [WireName("catalogue.locate-artifacts/1")]
    public sealed record LocateArtifacts : IProtocolMessage;

    /// <summary>Coordinator's answer: the folder as it is called on its own node.</summary>
    [WireName("catalogue.artifacts-located/1")]
    public sealed record ArtifactsLocated(string Folder) : IProtocolMessage;
}

/// <summary>One run in the catalogue.</summary>
/// <param name="Name">Of its spec.</param>
/// <param name="Since">When it came to stand where it stands.</param>
public sealed record RunListing(RunId Run, string Name, int Priority, RunStatus Status, DateTimeOffset SubmittedAt, DateTimeOffset Since);
