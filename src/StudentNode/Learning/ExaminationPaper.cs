using Stillhouse.Messages.Lessons;

namespace Stillhouse.StudentNode.Learning;

/// <summary>A split in order, block by block: every network is measured in the same blocks.</summary>
public sealed class ExaminationPaper(Split split, int samples, int block)
{
    public CanonicalBlocks Blocks { get; } = new(samples, block);

    public IEnumerable<Batch> Batches =>
        Enumerable.Range(0, Blocks.Count).Select(number => new Batch(number, split, View.Plain, Blocks[number].Ids()));
}
