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
    private const int CalibrationBins = 15;

    /// <summary>The ensemble of several networks at temperature 1, as logits <c>[N, C]</c>.</summary>
    /// <param name="logits_MNC">One <c>[N, C]</c> per member.</param>
    public static Tensor Ensemble(IReadOnlyList<Tensor> logits_MNC) => EnsembleTargets.MeanProbabilities(logits_MNC, 1);

    /// <summary>Accuracy, calibration and cost.</summary>
    /// <param name="logits_NC"><c>[N, C]</c>, on the CPU.</param>
    /// <param name="labels">N labels.</param>
    /// <param name="parameters">Learnt numbers.</param>
    /// <param name="latencyMilliseconds">Of one batch; see <see cref="Latency"/>.</param>
    /// <param name="latencyBatchSize">Samples in that batch.</param>
    public static Measurement Measure(
        Tensor logits_NC, ReadOnlySpan<byte> labels, long parameters, double latencyMilliseconds, int latencyBatchSize)
    {
        var correct = Correct(logits_NC, labels);
        return new Measurement
        {
            Accuracy = (double)correct / labels.Length,
            Errors = labels.Length - correct,
            Samples = labels.Length,
            Parameters = parameters,
            ExpectedCalibrationError = CalibrationError(logits_NC, labels),
            LatencyMilliseconds = latencyMilliseconds,
            LatencyBatchSize = latencyBatchSize,
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

    /// <summary>Samples whose highest logit is their label's.</summary>
    internal static int Correct(Tensor logits_NC, ReadOnlySpan<byte> labels)
    {
        using var scope = NewDisposeScope();
        var predicted = logits_NC.argmax(1).data<long>().ToArray();
        if (predicted.Length != labels.Length)
        {
            throw new ArgumentException($"{predicted.Length} rows of logits do not fit {labels.Length} labels.", nameof(labels));
        }

        var correct = 0;
        for (var sample = 0; sample < predicted.Length; sample++)
        {
            correct += predicted[sample] == labels[sample] ? 1 : 0;
        }

        return correct;
    }

    /// <summary>
    /// Expected calibration error (Guo et al., 1706.04599): over equal-width bins (low, high] of confidence, the mean of
    /// |accuracy - confidence|, weighed by the samples in the bin.
    /// </summary>
    internal static double CalibrationError(Tensor logits_NC, ReadOnlySpan<byte> labels)
    {
        using var scope = NewDisposeScope();
        var (confidences, predicted) = nn.functional.softmax(logits_NC.to(ScalarType.Float64), 1).max(1);
        Span<double> gaps = stackalloc double[CalibrationBins];
        gaps.Clear();
        var confidence = confidences.data<double>().ToArray();
        var classes = predicted.data<long>().ToArray();
        for (var sample = 0; sample < confidence.Length; sample++)
        {
            var bin = Math.Clamp((int)Math.Ceiling(confidence[sample] * CalibrationBins) - 1, 0, CalibrationBins - 1);
            gaps[bin] += (classes[sample] == labels[sample] ? 1 : 0) - confidence[sample];
        }

        var sum = 0.0;
        foreach (var gap in gaps)
        {
            sum += Math.Abs(gap);
        }

        return sum / labels.Length;
    }
}
