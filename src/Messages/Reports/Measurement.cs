namespace Stillhouse.Messages.Reports;

/// <summary>A network, or an ensemble, measured on the test split.</summary>
public record Measurement
{
    /// <summary>Share of samples classified right, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Samples classified wrong.</summary>
    public required int Errors { get; init; }

    /// <summary>Samples in the test split.</summary>
    public required int Samples { get; init; }

    /// <summary>Learnt numbers; for an ensemble the sum over its members.</summary>
    public required long Parameters { get; init; }

    /// <summary>ECE over 15 equal-width bins of confidence (Guo et al., 1706.04599).</summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>Median time of one batch's forward pass; for an ensemble the sum over its members.</summary>
    public required double LatencyMilliseconds { get; init; }

    /// <summary>Samples in that batch.</summary>
    public required int LatencyBatchSize { get; init; }

    /// <summary>Mean recall over the classes that the test split has, 0 to 1; null in reports of older versions, as all that follows.</summary>
    public double? BalancedAccuracy { get; init; }

    /// <summary>Mean of -log p(label) at temperature 1, in nats.</summary>
    public double? NegativeLogLikelihood { get; init; }

    /// <summary>
    /// Of each class the share of its samples classified right, 0 to 1; null for a class without samples. No list where those
    /// of all networks of the report would be too long for a message between nodes, which is at most 128 kB.
    /// </summary>
    public IReadOnlyList<double?>? Recall { get; init; }

    /// <summary>
    /// How many samples of the row's class were classified as the column's; a row sums up to the samples of its class. Null
    /// above 100 classes, and where those of all networks would be too large for a message, as for <see cref="Recall"/>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? Confusion { get; init; }

    /// <summary>
    /// The temperature at which the network's likelihood is highest on the validation split (Guo et al., 1706.04599). Null for
    /// teachers and ensembles, which are asked about the test split alone.
    /// </summary>
    public double? CalibrationTemperature { get; init; }

    /// <summary>The expected calibration error on the test split at <see cref="CalibrationTemperature"/>.</summary>
    public double? CalibratedError { get; init; }
}

/// <summary>How closely a student follows the ensemble on the test split (Stanton et al., 2106.05945).</summary>
/// <param name="Agreement">Share of samples on which both name the same class.</param>
/// <param name="MeanKl">Mean KL(ensemble ‖ student) at temperature 1, in nats.</param>
public sealed record Fidelity(double Agreement, double MeanKl);
