namespace Stillhouse.Transport.Tests.Codecs;

/// <summary>What codecs allocate. Nothing runs beside: collections that other tests cause empty the pool of arrays, which is then filled anew.</summary>
[CollectionDefinition(nameof(CodecAllocationTests), DisableParallelization = true)]
[Collection(nameof(CodecAllocationTests))]
public class CodecAllocationTests
{
    [Theory, MemberData(nameof(CodecContractTests.Cases), MemberType = typeof(CodecContractTests))]
    public void Encode_OfMoreSamples_AllocatesNoMore(string name, int classes)
    {
        const int many = 32;
        var codec = Coding.Codec(name);
        var logits = Coding.Logits(many * classes, seed: 6);
        var rows = new byte[many * codec.RowBytes(classes)];
        Least(many).ShouldBeLessThan(Least(1) + many);

        // The least of some, for a collection may empty the pool at any time.
        long Least(int samples) => Enumerable.Range(0, 20).Min(_ => Allocated(samples));

        long Allocated(int samples)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            codec.Encode(Coding.Lesson(samples), logits.AsSpan(0, samples * classes), classes, rows.AsSpan(0, samples * codec.RowBytes(classes)));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
