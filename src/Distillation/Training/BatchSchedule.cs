using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Randomness;

namespace Stillhouse.Distillation.Training;

/// <summary>
/// The order in which a trial meets the training samples: a pure function of samples, blocks, window, batch size, seed and
/// epoch. Blocks are shuffled, then the samples of every <c>window</c> blocks, as streaming data loaders do: the first batches
/// need the answers about the first window only. Blocks without a sample that the epoch meets are left out, and a sample that
/// it meets several times is met within one window. The last batch is smaller where the batch size does not divide the samples.
/// </summary>
public sealed class BatchSchedule
{
    private readonly ChosenSamples _samples;
    private readonly CanonicalBlocks _blocks;
    private readonly int _window;
    private readonly long _seed;

    /// <param name="samples">What every epoch meets.</param>
    /// <param name="blocks">The training split.</param>
    /// <param name="window">Blocks whose samples are shuffled together.</param>
    /// <param name="batchSize">Samples per step.</param>
    /// <param name="seed">Of this schedule.</param>
    public BatchSchedule(ChosenSamples samples, CanonicalBlocks blocks, int window, int batchSize, long seed)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (_samples, _blocks, _window, BatchSize, _seed) = (samples, blocks, window, batchSize, seed);
    }

    public int BatchSize { get; }

    public int StepsPerEpoch => ((_samples.Count - 1) / BatchSize) + 1;

    /// <summary>Samples in a step of an epoch, which counts from 0.</summary>
    public int SizeOf(int step) => Math.Min(BatchSize, _samples.Count - (step * BatchSize));

    /// <summary>The sample ids of each step of one epoch, which counts from 0; made as they are asked for.</summary>
    public IEnumerable<int[]> Epoch(int epoch) => Samples(epoch).Chunk(BatchSize);

    private IEnumerable<int> Samples(int epoch)
    {
        var random = new SplitMix64(Seeds.Derive(_seed, $"epoch {epoch}"));
        var order = _samples.Epoch(epoch, _seed).GroupBy(_blocks.Of).Select(ids => ids.ToArray()).ToArray();
        Shuffle(order, random);
        foreach (var window in order.Chunk(_window))
        {
            int[] samples = [.. window.SelectMany(ids => ids)];
            Shuffle(samples, random);
            foreach (var sample in samples)
            {
                yield return sample;
            }
        }
    }

    /// <summary>Fisher and Yates' shuffle: every order is as likely as the other.</summary>
    private static void Shuffle<T>(T[] items, SplitMix64 random)
    {
        for (var left = items.Length; left > 1; left--)
        {
            var pick = random.Below(left);
            (items[left - 1], items[pick]) = (items[pick], items[left - 1]);
        }
    }
}
