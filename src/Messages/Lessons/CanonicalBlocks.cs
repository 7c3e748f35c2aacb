namespace Stillhouse.Messages.Lessons;

/// <summary>
/// The units in which teachers compute: block k holds the samples k·size to (k + 1)·size - 1, and the last one what is
/// left. A matrix product's last bits depend on the shape of its batch, so what a teacher computes must not depend on who
/// asked or in which order: everybody asks about the same blocks.
/// </summary>
public sealed class CanonicalBlocks
{
    /// <param name="samples">Samples in the split, at least one.</param>
    /// <param name="size">Samples per block, at least one.</param>
    public CanonicalBlocks(int samples, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (Samples, Size) = (samples, size);
    }

    public int Samples { get; }

    /// <summary>Samples per block; the last block may have fewer.</summary>
    public int Size { get; }

    /// <summary>How many blocks there are.</summary>
    public int Count => ((Samples - 1) / Size) + 1;

    /// <summary>The samples of a block.</summary>
    public SampleRange this[int block]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(block);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(block, Count);
            var first = block * Size;
            return new SampleRange(first, Math.Min(Size, Samples - first));
        }
    }

    /// <summary>The block that a sample is in.</summary>
    public int Of(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, Samples);
        return sample / Size;
    }
}
