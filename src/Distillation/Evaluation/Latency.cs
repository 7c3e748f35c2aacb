using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Evaluation;

/// <summary>How long a network takes for a batch.</summary>
public static class Latency
{
    private const int WarmUpRounds = 3;
    private const int Rounds = 21;

    /// <summary>Median time of a forward pass over the split's first samples, in milliseconds, after a warm-up.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="samples">The split.</param>
    /// <param name="batchSize">Samples per pass; fewer where the split is smaller.</param>
    /// <param name="time">The clock.</param>
    public static double MedianMilliseconds(Network network, SampleSet samples, int batchSize, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(time);
        using var noGrad = no_grad();
        using var inputs_BS = Batches.Inputs(samples, new SampleRange(0, Math.Min(batchSize, samples.Count)), network.Device);
        var rounds = Enumerable.Range(0, WarmUpRounds + Rounds).Select(_ => Round(network, inputs_BS, time)).ToArray();
        return Median(rounds.AsSpan(WarmUpRounds));
    }

    /// <summary>Copying the logits to the CPU is part of the pass: on a GPU it is what waits for the result.</summary>
    private static double Round(Network network, Tensor inputs_BS, TimeProvider time)
    {
        using var scope = NewDisposeScope();
        var started = time.GetTimestamp();
        network.call(inputs_BS).cpu();
        return time.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        return values[values.Length / 2];
    }
}
