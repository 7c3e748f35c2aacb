using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Messages.Runs;

/// <summary>Between whoever asks for runs and the coordinator.</summary>
public static class RunProtocol
{
    /// <summary>Addressed to one run.</summary>
    public interface IRunMessage : IProtocolMessage
    {
        RunId Run { get; }
    }

    /// <summary>Client to coordinator: start this run. Submitting the same id again changes nothing.</summary>
    /// <param name="Needed">The run waits until so many nodes have joined.</param>
    /// <param name="Priority">Runs of a higher one get devices first.</param>
    [WireName("run.submit/1")]
    public sealed record SubmitRun(RunId Run, RunSpec Spec, DatasetFacts Dataset, NodesNeeded Needed, int Priority = 0) : IRunMessage;

    /// <summary>Coordinator's answer to <see cref="SubmitRun"/>, once the run is durable.</summary>
    /// <param name="Anew">False where a run of this id had been submitted before; nothing was started then.</param>
    [WireName("run.admitted/1")]
    public sealed record RunAdmitted(RunId Run, bool Anew = true) : IRunMessage;

    /// <summary>Coordinator's answer to a <see cref="SubmitRun"/> that it cannot take on.</summary>
    [WireName("run.refused/1")]
    public sealed record RunRefused(RunId Run, string Reason) : IRunMessage;

    /// <summary>Coordinator's answer to whatever concerns a run that it does not know.</summary>
    /// <param name="Nearest">Runs that it knows and that may have been meant, the likeliest first.</param>
    [WireName("run.unknown/1")]
    public sealed record RunUnknown(RunId Run, IReadOnlyList<string> Nearest) : IRunMessage;

    /// <summary>Client to coordinator: send me the run's snapshots until it ends. Repeating it refreshes the watch.</summary>
    [WireName("run.watch/1")]
    public sealed record WatchRun(RunId Run) : IRunMessage;

    /// <summary>Coordinator to watcher, whenever something changed.</summary>
    [WireName("run.changed/1")]
    public sealed record RunChanged(RunSnapshot Snapshot) : IRunMessage
    {
        public RunId Run => Snapshot.Run;
    }

    /// <summary>Asks to change where a run stands; asking again changes nothing. The answer is <see cref="RunStands"/>.</summary>
    public interface IRunControl : IRunMessage;

    /// <summary>Client to coordinator: end the run without a result.</summary>
    [WireName("run.cancel/1")]
    public sealed record CancelRun(RunId Run) : IRunControl;

    /// <summary>Client to coordinator: stop the run's trials, which keep their checkpoints, and free their nodes.</summary>
    [WireName("run.pause/1")]
    public sealed record PauseRun(RunId Run) : IRunControl;

    /// <summary>Client to coordinator: let a paused run go on.</summary>
    [WireName("run.resume/1")]
    public sealed record ResumeRun(RunId Run) : IRunControl;

    /// <summary>Client to coordinator: let a run that failed or was cancelled go on; what had finished is not done again.</summary>
    [WireName("run.retry/1")]
    public sealed record RetryRun(RunId Run) : IRunControl;

    /// <summary>Coordinator's answer to an <see cref="IRunControl"/>, once the change is durable.</summary>
    /// <param name="Status">Where the run stands now.</param>
    /// <param name="Changed">Whether the request changed that.</param>
    [WireName("run.stands/1")]
    public sealed record RunStands(RunId Run, RunStatus Status, bool Changed) : IRunMessage;

    /// <summary>Coordinator to watcher: the run ended well.</summary>
    [WireName("run.completed/1")]
    public sealed record RunCompleted(RunId Run, RunReport Report) : IRunMessage;

    /// <summary>Coordinator to watcher: the run ended without a result; the cause in one line.</summary>
    [WireName("run.failed/1")]
    public sealed record RunFailed(RunId Run, string Reason) : IRunMessage;

    /// <summary>Coordinator to watcher: the run ended on request.</summary>
    [WireName("run.cancelled/1")]
    public sealed record RunCancelled(RunId Run) : IRunMessage;
}

/// <summary>
/// How many nodes must have joined before a run's first work is handed out; else whichever joins first would get it all.
/// </summary>
public sealed record NodesNeeded(int Teachers, int Students);

/// <summary>What the submitter found when it checked the dataset; nodes refuse to work on any other.</summary>
/// <param name="Train">Training samples, those without labels included.</param>
/// <param name="TrainPerClass">Training samples of each class, as far as they have labels; null in runs of older versions.</param>
/// <param name="TestPerClass">Test samples of each class; null in runs of older versions.</param>
/// <param name="Unlabelled">How many of the training samples have no label.</param>
public sealed record DatasetFacts(
    DatasetReference Reference,
    string Kind,
    int Classes,
    int Train,
    int Validation,
    int Test,
    IReadOnlyList<int>? TrainPerClass = null,
    IReadOnlyList<int>? TestPerClass = null,
    int Unlabelled = 0);
