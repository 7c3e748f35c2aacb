using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Evaluation;

/// <summary>Runs networks, in evaluation mode, over whole splits.</summary>
public static class Evaluator
{
    private const int ValidationBatchSize = 512;

    /// <summary>Logits of every sample in the order of the split, <c>[N, C]</c>, on the CPU.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="samples">The split.</param>
    /// <param name="batchSize">Samples per forward pass; the last bits of the logits depend on it.</param>
    public static Tensor Logits(Network network, SampleSet samples, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var blocks = new CanonicalBlocks(samples.Count, batchSize);
        var logits = Enumerable.Range(0, blocks.Count).Select(block => Logits(network, samples, blocks[block]));
        return cat([.. logits]).MoveToOuterDisposeScope();
    }

    /// <summary>Share of samples classified right, 0 to 1.</summary>
    public static double Accuracy(Network network, SampleSet samples)
    {
        using var logits_NC = Logits(network, samples, ValidationBatchSize);
        var predicted = Classification.Predicted(logits_NC);
        var labels = samples.Labels.Span;
        var right = 0;
        for (var sample = 0; sample < predicted.Length; sample++)
        {
            right += predicted[sample] == labels[sample] ? 1 : 0;
        }

        return (double)right / samples.Count;
    }

    /// <summary>Everything about a network that this node has itself; its calibration is corrected on the validation split.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="test_NC">Its logits of the test split, <c>[N, C]</c>.</param>
    /// <param name="batchSize">Samples per forward pass.</param>
    /// <param name="detail">What is said of single classes.</param>
    /// <param name="time">Measures latency.</param>
    public static Measurement Measure(
        Network network, Dataset dataset, Tensor test_NC, int batchSize, ClassDetail detail, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        var labels = dataset.Test.Labels.Span;
        using var validation_NC = Logits(network, dataset.Validation, batchSize);
        var temperature = TemperatureScaling.Fit(LogitRows.Of(validation_NC), dataset.Validation.Labels.Span);
        var latency = Latency.MedianMilliseconds(network, dataset.Test, batchSize, time);
        return Classification.Measure(test_NC, labels, network.ParameterCount, latency, batchSize, detail) with
        {
            CalibrationTemperature = temperature,
            CalibratedError = Calibration.ExpectedError(LogitRows.Of(test_NC), labels, temperature),
        };
    }

    private static Tensor Logits(Network network, SampleSet samples, SampleRange range)
    {
        using var scope = NewDisposeScope();
        return network.call(Batches.Inputs(samples, range, network.Device)).cpu().MoveToOuterDisposeScope();
    }
}
