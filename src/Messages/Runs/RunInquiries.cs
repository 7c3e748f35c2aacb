using Stillhouse.Messages.Identity;

namespace Stillhouse.Messages.Runs;

/// <summary>Between whoever wants to know more of a run than its snapshot and the coordinator. Long answers come in pages.</summary>
public static class RunInquiries
{
    /// <summary>A question about one run, which changes nothing.</summary>
    public interface IRunInquiry : RunProtocol.IRunMessage;

    /// <summary>Client to coordinator: which trials does the run have?</summary>
    /// <param name="Skip">So many, from the first on, the client has been told of already.</param>
    [WireName("run.list-trials/1")]
    public sealed record ListTrials(RunId Run, int Skip) : IRunInquiry;

    /// <summary>Coordinator's answer, in the order of the plan and, in a sweep, of proposals.</summary>
    /// <param name="Total">How many there are in all.</param>
    [WireName("run.trials/1")]
    public sealed record Trials(RunId Run, IReadOnlyList<TrialListing> Listings, int Total) : RunProtocol.IRunMessage;

    /// <summary>Client to coordinator: what is the best that the run's sweep has found so far?</summary>
    [WireName("run.find-best/1")]
    public sealed record FindBest(RunId Run) : IRunInquiry;

    /// <summary>Coordinator's answer.</summary>
    /// <param name="Objectives">The sweep's; none where the run has no sweep.</param>
    /// <param name="Best">By the first objective; null where no trial has finished.</param>
    /// <param name="Front">
    /// The trials that no other is better than in every objective, where there are several objectives: as many as a message has room for.
    /// </param>
    /// <param name="FrontSize">How many these are in all.</param>
    /// <param name="Ended">How many trials have ended, in whatever way.</param>
    /// <param name="IsConcluded">Whether none will follow.</param>
    [WireName("run.best/1")]
    public sealed record BestFound(
        RunId Run, IReadOnlyList<string> Objectives, TrialListing? Best, IReadOnlyList<TrialListing> Front, int FrontSize, int Ended, bool IsConcluded)
        : RunProtocol.IRunMessage;

    /// <summary>Client to coordinator: what has happened in the run?</summary>
    /// <param name="After">The number of the last fact that the client has been told of; 0 for none.</param>
    /// <param name="Trial">Only what is about this trial; null for everything.</param>
    [WireName("run.read-history/1")]
    public sealed record ReadHistory(RunId Run, long After, string? Trial) : IRunInquiry;

    /// <summary>Coordinator's answer to whatever is about a trial that the run does not have.</summary>
    /// <param name="Nearest">Trials that may have been meant, the likeliest first.</param>
    [WireName("run.trial-unknown/1")]
    public sealed record TrialUnknown(RunId Run, string Trial, IReadOnlyList<string> Nearest) : RunProtocol.IRunMessage;

    /// <summary>Coordinator's answer, read from the run's ledger.</summary>
    /// <param name="Last">The number of the last fact that was read.</param>
    /// <param name="IsAll">Whether no further lines are recorded at the moment.</param>
    /// <param name="IsOver">Whether the run has ended, so that none will follow unless it is retried.</param>
    [WireName("run.history/1")]
    public sealed record History(RunId Run, IReadOnlyList<HistoryLine> Lines, long Last, bool IsAll, bool IsOver) : RunProtocol.IRunMessage;
}

/// <summary>One trial of a run, as its ledger knows it.</summary>
/// <param name="Assignment">What a trial of a sweep tries, in words; null for others.</param>
/// <param name="Epochs">Complete epochs that a trial of a sweep has reported; null for others.</param>
/// <param name="Accuracy">On the validation split, 0 to 1; null where it is not known.</param>
/// <param name="Parameters">Null, as the following, unless it has finished with a network.</param>
/// <param name="Digest">The content address of its weights.</param>
public sealed record TrialListing(
    string Trial,
    StageKind Stage,
    TrialStatus Status,
    string? Node,
    string? Assignment,
    int? Epochs,
    double? Accuracy,
    long? Parameters,
    double? LatencyMilliseconds,
    Digest? Digest);

/// <summary>One fact of a run's ledger in words.</summary>
/// <param name="Number">Its position in the ledger, from 1.</param>
/// <param name="Trial">The trial that it is about; null for the run as a whole.</param>
/// <param name="IsTrouble">Whether something was lost or broke.</param>
public sealed record HistoryLine(long Number, DateTimeOffset At, string? Trial, string Text, bool IsTrouble);
