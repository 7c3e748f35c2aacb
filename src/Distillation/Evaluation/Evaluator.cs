using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
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
        return (double)Classification.Correct(logits_NC, samples.Labels.Span) / samples.Count;
    }

    private static Tensor Logits(Network network, SampleSet samples, SampleRange range)
    {
        using var scope = NewDisposeScope();
        return network.call(Batches.Inputs(samples, range, network.Device)).cpu().MoveToOuterDisposeScope();
    }
}
