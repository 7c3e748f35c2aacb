using System.Globalization;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Runs.RunEvents;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Puts the facts of a run's ledger into words for people who want to know what happened.</summary>
public static class FactWords
{
    /// <exception cref="ArgumentOutOfRangeException">The fact is unknown.</exception>
    public static string Of(IRunEvent fact) => fact switch
    {
        RunBegun e => $"submitted: {e.Spec.Name}, seed {e.Spec.Seed}",
        TrialDispatched e => $"{e.Trial} is handed out to {Name(e.Node)}",
        TrialBegun e => $"{e.Trial} begins on {e.Node}",
        TrialEnded e => $"{e.Trial} has finished{Result(e.Outcome)}",
        TrialProposed e => $"{e.Trial} is proposed: {e.Assignment}",
        TrialMeasured e => $"{e.Trial} reaches {Percent(e.Measured.Accuracy)} on the validation split after epoch {e.Measured.Epoch}",
        TrialPruned e => $"{e.Trial} is stopped early: others are ahead",
        TrialLost e => $"{e.Trial} is lost with {Name(e.Node)}; it waits to be handed out again, and goes on from its last checkpoint",
        TrialBroke e => $"{e.Trial} has failed: {e.Reason}",
        PeerServed e => $"{e.Trial} answers those that learn beside it, on {e.Endpoint.Node}",
        ReplicaDispatched e => $"{e.Trial} is to be served by {e.Node} as well",
        ReplicaServed e => $"{e.Trial} is served by {e.Endpoint.Node}",
        ReplicaLost e => $"{e.Trial} is served by {e.Node} no longer: the node is gone",
        ReplicaBroke e => $"{e.Trial} could not be served by {e.Node}, which is tried again later: {e.Reason}",
        ReplicaQuarantined e => $"{e.Trial} must not be served by {e.Node} any more: {e.Reason}",
        RunEnded => "the run has completed",
        RunBroke e => $"the run has failed: {e.Reason}",
        RunStopped => "the run is cancelled",
        RunPaused => "the run is paused; its trials keep their checkpoints",
        RunResumed => "the run is resumed",
        RunRetried => "the run is tried again; what had finished stays",
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "No words for this fact."),
    };

    /// <summary>The trial that a fact is about, a teacher's replicas counting as its trial; null for the run as a whole.</summary>
    public static string? TrialOf(IRunEvent fact) => fact switch
    {
        TrialDispatched e => e.Trial,
        TrialBegun e => e.Trial,
        TrialEnded e => e.Trial,
        TrialProposed e => e.Trial,
        TrialMeasured e => e.Trial,
        TrialPruned e => e.Trial,
        TrialLost e => e.Trial,
        TrialBroke e => e.Trial,
        PeerServed e => e.Trial,
        ReplicaDispatched e => e.Trial,
        ReplicaServed e => e.Trial,
        ReplicaLost e => e.Trial,
        ReplicaBroke e => e.Trial,
        ReplicaQuarantined e => e.Trial,
        _ => null,
    };

    /// <summary>Whether something was lost or broke.</summary>
    public static bool IsTrouble(IRunEvent fact) =>
        fact is ReplicaLost or ReplicaBroke or ReplicaQuarantined or TrialLost or TrialBroke or RunBroke;

    private static string Result(TrialOutcome outcome) => outcome switch
    {
        TrainedOutcome { Validation: { } accuracy } trained => $": {Percent(accuracy)} on the validation split, weights {trained.Weights}",
        TrainedOutcome trained => $": weights {trained.Weights}",
        EvaluatedOutcome measured => $": the student has {Percent(measured.Student.Accuracy)} on the test split",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "No words for this outcome."),
    };

    /// <summary>Ledgers of older versions name none.</summary>
    private static string Name(string node) => node.Length > 0 ? node : "whichever node had it";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F2} %");
}
