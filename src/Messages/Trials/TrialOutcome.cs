using System.Text.Json.Serialization;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Messages.Trials;

/// <summary>What a finished trial leaves behind.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TrainedOutcome), "trained")]
[JsonDerivedType(typeof(EvaluatedOutcome), "evaluated")]
public abstract record TrialOutcome;

/// <summary>A network was trained or loaded, and its weights are in the artifact store.</summary>
/// <param name="Weights">The content address of the weights.</param>
/// <param name="Parameters">How many numbers the network learnt.</param>
/// <param name="Validation">Accuracy on the validation split after the last epoch, 0 to 1; null where the node cannot read the dataset.</param>
/// <param name="Training">Speed and waiting over the whole training; null for loaded weights.</param>
public sealed record TrainedOutcome(Digest Weights, long Parameters, double? Validation, TrainingPace? Training) : TrialOutcome
{
    /// <summary>Its answer to the probe lesson, by which its replicas are known; null for a network that does not teach.</summary>
    public Digest? Probe { get; init; }

    /// <summary>Median time of one batch's forward pass, in milliseconds; null where nobody asked for it.</summary>
    public double? LatencyMilliseconds { get; init; }

    /// <summary>Where a training stopped before its last step, since there was nothing sound to learn; null for one that did not.</summary>
    public StoppedTraining? Stopped { get; init; }

    /// <summary>What a distilled student asked its teachers; null for other networks.</summary>
    public LessonsReport? Lessons { get; init; }
}

/// <summary>A training that ended before its last step, with the weights of its last good one.</summary>
/// <param name="Step">The step that was not done, from 0.</param>
public sealed record StoppedTraining(long Step, string Reason);

/// <summary>How fast a training went.</summary>
/// <param name="Seconds">Wall-clock time of all steps, waiting included, evaluation excluded.</param>
/// <param name="SamplesPerSecond">Training samples met per second.</param>
/// <param name="WaitShare">The share of <paramref name="Seconds"/> spent waiting for teachers, 0 to 1.</param>
public sealed record TrainingPace(double Seconds, double SamplesPerSecond, double WaitShare);

/// <summary>The test split has been measured; teachers are in the order of the work.</summary>
public sealed record EvaluatedOutcome(
    IReadOnlyList<Measurement> Teachers,
    Measurement Ensemble,
    Measurement Baseline,
    Measurement Student,
    Fidelity StudentFidelity,
    Fidelity BaselineFidelity) : TrialOutcome
{
    /// <summary>The students before the last one, in the order of the work.</summary>
    public IReadOnlyList<MeasuredStudent> Predecessors { get; init; } = [];

    /// <summary>The networks that learnt beside the student, in the order of the work.</summary>
    public IReadOnlyList<MeasuredStudent> Companions { get; init; } = [];

    /// <summary>All students together; null where nobody asked for it.</summary>
    public Measurement? Generations { get; init; }

    /// <summary>The artifact with the class that baseline, student and ensemble name for each test sample; null in outcomes of older versions.</summary>
    public Digest? Predictions { get; init; }
}

/// <summary>A student on the test split.</summary>
public sealed record MeasuredStudent(Measurement Measured, Fidelity Fidelity);
