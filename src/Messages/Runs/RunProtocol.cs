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
    [WireName("run.submit/1")]
    public sealed record SubmitRun(RunId Run, RunSpec Spec, DatasetFacts Dataset, NodesNeeded Needed) : IRunMessage;

    /// <summary>Coordinator's answer to <see cref="SubmitRun"/>.</summary>
    [WireName("run.admitted/1")]
    public sealed record RunAdmitted(RunId Run) : IRunMessage;

    /// <summary>Coordinator's answer to a <see cref="SubmitRun"/> that it cannot take on.</summary>
    [WireName("run.refused/1")]
    public sealed record RunRefused(RunId Run, string Reason) : IRunMessage;

    /// <summary>Client to coordinator: send me the run's snapshots until it ends. Repeating it refreshes the watch.</summary>
    [WireName("run.watch/1")]
    public sealed record WatchRun(RunId Run) : IRunMessage;

    /// <summary>Coordinator to watcher, whenever something changed.</summary>
    [WireName("run.changed/1")]
    public sealed record RunChanged(RunSnapshot Snapshot) : IRunMessage
    {
        public RunId Run => Snapshot.Run;
    }

    /// <summary>Client to coordinator: end the run without a result.</summary>
    [WireName("run.cancel/1")]
    public sealed record CancelRun(RunId Run) : IRunMessage;

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
public sealed record DatasetFacts(DatasetReference Reference, string Kind, int Classes, int Train, int Validation, int Test);
