using CsCheck;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Feeds;

namespace Stillhouse.Transport.Tests.Feeds;

public sealed class BatchCoverTests
{
    [Fact]
    public void Of_FindsEverySampleInItsBlockAndNamesEachBlockOnce() =>
        (from size in Gen.Int[1, 7]
         from samples in Gen.Int[0, 40].Array[1, 30]
         select (size, samples)).Sample((size, samples) =>
        {
            var blocks = new CanonicalBlocks(41, size);

            var cover = BatchCover.Of(samples, blocks);

            cover.Blocks.ShouldBe(samples.Select(sample => sample / size).Distinct());
            for (var i = 0; i < samples.Length; i++)
            {
                (blocks[cover.Blocks[cover.Places[i]]].First + cover.Rows[i]).ShouldBe(samples[i]);
                cover.Rows[i].ShouldBeInRange(0, size - 1);
            }
        });
}
