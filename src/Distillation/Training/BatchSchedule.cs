using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Distillation.Training;

/// <summary>
/// The order in which a trial meets the training samples: a pure function of sample count, batch size, seed and epoch.
/// Every epoch visits every sample once; the last batch is smaller where the batch size does not divide the samples.
/// </summary>
public sealed class BatchSchedule
{
    private readonly long _seed;

    /// <param name="samples">Training samples, at least one.</param>
    /// <param name="batchSize">Samples per step.</param>
    /// <param name="seed">Of this schedule.</param>
    public BatchSchedule(int samples, int batchSize, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Samples = samples;
        BatchSize = batchSize;
        _seed = seed;
    }

    public int Samples { get; }

    public int BatchSize { get; }

    public int StepsPerEpoch => (Samples + BatchSize - 1) / BatchSize;

    /// <summary>The sample ids of each step of one epoch, which counts from 0.</summary>
    public IEnumerable<int[]> Epoch(int epoch)
    {
        var ids = Enumerable.Range(0, Samples).ToArray();
        Shuffle(ids, new SplitMix64(Seeds.Derive(_seed, $"epoch {epoch}")));
        return ids.Chunk(BatchSize);
    }

    /// <summary>Fisher and Yates' shuffle: every order is as likely as the other.</summary>
    private static void Shuffle(int[] ids, SplitMix64 random)
    {
        for (var left = ids.Length; left > 1; left--)
        {
            var pick = random.Below(left);
            (ids[left - 1], ids[pick]) = (ids[pick], ids[left - 1]);
        }
    }
}
