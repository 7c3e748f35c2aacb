using Stillhouse.Distillation.Losses;
using Stillhouse.Messages.Reports;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Evaluation;

/// <summary>
/// What logits say about a classifier, whoever computed them. An ensemble is measured through the logarithms of its mean
/// probabilities, which are logits of the same distribution.
/// </summary>
public static class Classification
{
    /// <summary>The ensemble of several networks at temperature 1, as logits <c>[N, C]</c>.</summary>
    /// <param name="logits_MNC">One <c>[N, C]</c> per member.</param>
    public static Tensor Ensemble(IReadOnlyList<Tensor> logits_MNC) => EnsembleTargets.MeanProbabilities(logits_MNC, 1);

    /// <summary>Accuracy, likelihood, calibration and cost.</summary>
    /// <param name="logits_NC"><c>[N, C]</c>, on the CPU.</param>
    /// <param name="labels">N labels.</param>
    /// <param name="parameters">Learnt numbers.</param>
    /// <param name="latencyMilliseconds">Of one batch; see <see cref="Latency"/>.</param>
    /// <param name="latencyBatchSize">Samples in that batch.</param>
    /// <param name="detail">What is said of single classes.</param>
    public static Measurement Measure(
        Tensor logits_NC,
        ReadOnlySpan<byte> labels,
        long parameters,
        double latencyMilliseconds,
        int latencyBatchSize,
        ClassDetail detail)
    {
        ArgumentNullException.ThrowIfNull(logits_NC);
        using var scope = NewDisposeScope();
        var confusion = new ConfusionMatrix(Predicted(logits_NC), labels, (int)logits_NC.shape[1]);
        var rows_NC = LogitRows.Of(logits_NC);
        return new Measurement
        {
            Accuracy = (double)confusion.Right / labels.Length,
            Errors = labels.Length - confusion.Right,
            Samples = labels.Length,
            Parameters = parameters,
            ExpectedCalibrationError = Calibration.ExpectedError(rows_NC, labels),
            LatencyMilliseconds = latencyMilliseconds,
            LatencyBatchSize = latencyBatchSize,
            BalancedAccuracy = confusion.BalancedAccuracy,
            NegativeLogLikelihood = Calibration.NegativeLogLikelihood(rows_NC, labels),
            Recall = detail.HasRecall ? confusion.Recall : null,
            Confusion = detail.HasConfusion ? confusion.Rows : null,
        };
    }

    /// <summary>How closely a student follows an ensemble: top-1 agreement and mean KL(ensemble ‖ student).</summary>
    /// <param name="ensemble_NC">The ensemble's logits, <c>[N, C]</c>.</param>
    /// <param name="student_NC">The student's logits, <c>[N, C]</c>.</param>
    public static Fidelity Fidelity(Tensor ensemble_NC, Tensor student_NC)
    {
        ArgumentNullException.ThrowIfNull(ensemble_NC);
        ArgumentNullException.ThrowIfNull(student_NC);
        using var scope = NewDisposeScope();
        var agreement = ensemble_NC.argmax(1).eq(student_NC.argmax(1)).to(ScalarType.Float64).mean().item<double>();
        var target_NC = nn.functional.log_softmax(ensemble_NC.to(ScalarType.Float64), 1);
        var divergence = KdLoss.Soft(target_NC, student_NC.to(ScalarType.Float64), temperature: 1).item<double>();
        return new Fidelity(agreement, divergence);
    }

    /// <summary>The class with the highest logit of each sample.</summary>
    internal static long[] Predicted(Tensor logits_NC)
    {
        using var scope = NewDisposeScope();
        return logits_NC.argmax(1).data<long>().ToArray();
    }
}
