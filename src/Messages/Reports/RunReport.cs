using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Messages.Reports;

/// <summary>What <c>report.json</c> says, in camelCase. Accuracies and shares are 0 to 1.</summary>
/// <param name="Lessons">What the student asked its teachers.</param>
/// <param name="Quarantined">Replicas that answered wrongly; nothing that they said was learnt from.</param>
/// <param name="Sweep">What was tried to find the student; null where nothing was.</param>
/// <param name="Predecessors">The students before the last one, in the order in which they learnt; null in reports from before there were any.</param>
/// <param name="Generations">All generations of a born-again student as an ensemble; null for other recipes.</param>
/// <param name="Peers">The networks that learnt beside the student and from it; null for other recipes.</param>
/// <param name="Stopped">Trainings that ended before their last step, with the weights of their last good one; null for none.</param>
/// <param name="Predictions">
/// The content address of the classes that baseline, student and ensemble name for each test sample; null in reports of older versions.
/// </param>
/// <param name="Reproducible">Whether the same spec gives the same student; not where a quorum may go on without a late teacher.</param>
public sealed record RunReport(
    RunId Run,
    string Name,
    long Seed,
    DatasetReport Dataset,
    IReadOnlyList<TeacherReport> Teachers,
    Measurement Ensemble,
    StudentReport Baseline,
    DistilledReport Student,
    ThroughputReport Throughput,
    LessonsReport Lessons,
    IReadOnlyList<QuarantineReport> Quarantined,
    bool Reproducible,
    SweepReport? Sweep = null,
    IReadOnlyList<NamedStudentReport>? Predecessors = null,
    Measurement? Generations = null,
    IReadOnlyList<NamedStudentReport>? Peers = null,
    IReadOnlyList<StoppedReport>? Stopped = null,
    Digest? Predictions = null);

/// <summary>A training that ended before its last step.</summary>
/// <param name="Network">Its name in the report.</param>
/// <param name="Step">The step that was not done, from 0.</param>
public sealed record StoppedReport(string Network, long Step, string Reason);

/// <summary>The data that every figure of the report refers to.</summary>
/// <param name="Train">Training samples, those without labels included.</param>
/// <param name="TrainPerClass">Training samples of each class, as far as they have labels; null in reports of older versions.</param>
/// <param name="TestPerClass">Test samples of each class; null in reports of older versions.</param>
/// <param name="Unlabelled">How many of the training samples have no label.</param>
public sealed record DatasetReport(
    string Kind,
    Digest Digest,
    int Classes,
    int Train,
    int Validation,
    int Test,
    IReadOnlyList<int>? TrainPerClass = null,
    IReadOnlyList<int>? TestPerClass = null,
    int Unlabelled = 0);

/// <summary>One teacher.</summary>
public sealed record TeacherReport : Measurement
{
    [JsonConstructor]
    public TeacherReport()
    {
    }

    [SetsRequiredMembers]
    public TeacherReport(Measurement measured, string name, Digest digest, double? trainingSeconds) : base(measured) =>
        (Name, Digest, TrainingSeconds) = (name, digest, trainingSeconds);

    public required string Name { get; init; }

    /// <summary>The content address of its weights.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Null where its weights were loaded.</summary>
    public required double? TrainingSeconds { get; init; }
}

/// <summary>A student, with teachers or without.</summary>
public record StudentReport : Measurement
{
    [JsonConstructor]
    public StudentReport()
    {
    }

    [SetsRequiredMembers]
    public StudentReport(Measurement measured, Fidelity fidelity, Digest digest, double trainingSeconds, double sizeReduction)
        : base(measured) =>
        (Agreement, MeanKl, Digest, TrainingSeconds, SizeReduction) =
        (fidelity.Agreement, fidelity.MeanKl, digest, trainingSeconds, sizeReduction);

    /// <summary>The content address of its weights.</summary>
    public required Digest Digest { get; init; }

    public required double TrainingSeconds { get; init; }

    /// <summary>Ensemble parameters divided by the student's.</summary>
    public required double SizeReduction { get; init; }

    /// <inheritdoc cref="Fidelity" path="/param[@name='Agreement']"/>
    public required double Agreement { get; init; }

    /// <inheritdoc cref="Fidelity" path="/param[@name='MeanKl']"/>
    public required double MeanKl { get; init; }
}

/// <summary>A student besides the run's own.</summary>
public sealed record NamedStudentReport : StudentReport
{
    [JsonConstructor]
    public NamedStudentReport()
    {
    }

    [SetsRequiredMembers]
    public NamedStudentReport(StudentReport student, string name, LessonsReport? lessons) : base(student) => (Name, Lessons) = (name, lessons);

    public required string Name { get; init; }

    /// <summary>What it asked.</summary>
    public LessonsReport? Lessons { get; init; }
}

/// <summary>The distilled student.</summary>
public sealed record DistilledReport : StudentReport
{
    [JsonConstructor]
    public DistilledReport()
    {
    }

    [SetsRequiredMembers]
    public DistilledReport(StudentReport student, double? gapClosed) : base(student) => GapClosed = gapClosed;

    /// <summary>
    /// (student - baseline) / (ensemble - baseline) in accuracy; null where the ensemble is not better than the baseline.
    /// </summary>
    public required double? GapClosed { get; init; }
}

/// <summary>Speed of the distill trial and of the baseline trial.</summary>
/// <param name="StudentSamplesPerSecond">Samples per second of the distill trial, waiting included.</param>
/// <param name="WaitShare">Share of the distill trial's time spent waiting for teachers.</param>
/// <param name="BaselineSamplesPerSecond">Samples per second of the same network trained without teachers.</param>
public sealed record ThroughputReport(double StudentSamplesPerSecond, double WaitShare, double BaselineSamplesPerSecond);
