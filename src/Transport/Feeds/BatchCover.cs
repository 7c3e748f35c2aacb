using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Feeds;

/// <summary>Which blocks a batch's samples are in: sample i is row <c>Rows[i]</c> of block <c>Blocks[Places[i]]</c>.</summary>
/// <param name="Blocks">Each once, in the order in which the batch meets them.</param>
/// <param name="Places">For every sample where its block stands in <paramref name="Blocks"/>.</param>
/// <param name="Rows">For every sample its row in that block.</param>
internal sealed record BatchCover(int[] Blocks, int[] Places, int[] Rows)
{
    public static BatchCover Of(IReadOnlyList<int> samples, CanonicalBlocks blocks)
    {
        var (places, rows) = (new int[samples.Count], new int[samples.Count]);
        var placeOf = new Dictionary<int, int>();
        for (var i = 0; i < samples.Count; i++)
        {
            var block = blocks.Of(samples[i]);
            if (!placeOf.TryGetValue(block, out places[i]))
            {
                placeOf[block] = places[i] = placeOf.Count;
            }

            rows[i] = samples[i] - (block * blocks.Size);
        }

        return new BatchCover([.. placeOf.OrderBy(pair => pair.Value).Select(pair => pair.Key)], places, rows);
    }
}
