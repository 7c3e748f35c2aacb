using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Benchmarks.Codecs;

/// <summary>One codec at one number of classes: a block to encode, and a batch of the same samples to decode.</summary>
internal sealed class CodecTrial : IDisposable
{
    /// <summary>The size of a canonical block.</summary>
    public const int Samples = 256;

    private static readonly Lesson Block = new(Split.Train, View.Plain, new SampleRange(0, Samples));

    private readonly float[] _logits;
    private readonly byte[] _rows;
    private readonly EncodedTargets _encoded;
    private readonly DecodedTargets _decoded;

    /// <param name="codec">On trial.</param>
    /// <param name="logits"><c>Samples × classes</c> values; stays the caller's.</param>
    public CodecTrial(TargetCodec codec, float[] logits)
    {
        (Codec, _logits, Classes) = (codec, logits, logits.Length / Samples);
        _rows = new byte[Samples * RowBytes];
        Encode();
        _encoded = new EncodedTargets(Block, codec, Classes, TimeSpan.Zero, new ArrayMemory(_rows));
        using var targets = Open();
        _decoded = DecodedTargets.For(targets);
    }

    public TargetCodec Codec { get; }

    public int Classes { get; }

    public int RowBytes => Codec.RowBytes(Classes);

    public int DenseBytes => Classes * sizeof(float);

    /// <summary>Bytes of the block as binary32: what encoding and decoding speeds refer to.</summary>
    public long BlockBytes => (long)Samples * DenseBytes;

    /// <summary>The teacher's logits of a sample.</summary>
    public ReadOnlySpan<float> Logits(int sample) => _logits.AsSpan(sample * Classes, Classes);

    public void Encode() => Codec.Encode(Block, _logits, Classes, _rows);

    /// <summary>Gathers and decodes a batch, row by row, as a training step does.</summary>
    public DecodedTargets Decode()
    {
        using var targets = Open();
        _decoded.Read(targets);
        return _decoded;
    }

    public void Dispose() => _encoded.Dispose();

    private BatchTargets Open() =>
        Codec.Open(new BatchRows([_encoded.Share()], new int[Samples], [.. Enumerable.Range(0, Samples)]));

    private sealed class ArrayMemory(byte[] bytes) : TargetMemory
    {
        public override ReadOnlySpan<byte> Bytes => bytes;

        public override void Dispose()
        {
        }
    }
}
