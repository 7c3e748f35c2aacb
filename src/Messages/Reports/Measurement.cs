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
}

/// <summary>How closely a student follows the ensemble on the test split (Stanton et al., 2106.05945).</summary>
/// <param name="Agreement">Share of samples on which both name the same class.</param>
/// <param name="MeanKl">Mean KL(ensemble ‖ student) at temperature 1, in nats.</param>
public sealed record Fidelity(double Agreement, double MeanKl);
