using CsCheck;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Data.Idx;

namespace Stillhouse.Distillation.Tests.Data.Idx;

public sealed class IdxFuzzTests : IDisposable
{
    private static readonly Gen<byte[]> Whole = Gen.Select(
        Gen.Int[1, 20], Gen.Bool, (count, compressed) =>
            compressed ? IdxBytes.Gzip(IdxBytes.Images(count)) : IdxBytes.Images(count));

    private static readonly Gen<byte[]> Cut = Whole.SelectMany(
        content => Gen.Int[0, content.Length - 1], (content, length) => content[..length]);

    private static readonly Gen<byte[]> Flipped = Whole.SelectMany(
        content => Gen.Int[0, (content.Length * 8) - 1].Array[1, 4], FlipBits);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_CutOffFile_IsAlwaysRefused() =>
        Cut.Sample(content => Read(content) is null, iter: 500, threads: 1);

    [Fact]
    public void Read_FlippedBits_AreRefusedOrLeaveAFileThatIsWhole() =>
        Flipped.Sample(
            content => Read(content) is not { } file || file.Values.Length == file.Dimensions.Aggregate((a, b) => a * b),
            iter: 500,
            threads: 1);

    [Fact]
    public void Read_Noise_IsAlwaysRefused() =>
        Gen.Byte.Array[0, 100].Sample(content => Read(content) is null, iter: 500, threads: 1);

    /// <summary>Null where the file is refused; any other exception fails the test.</summary>
    private IdxFile? Read(byte[] content)
    {
        try
        {
            return IdxFile.Read(_folder.Write("file", content), IdxKind.Images);
        }
        catch (DataException refused)
        {
            refused.Problems.ShouldNotBeEmpty();
            return null;
        }
    }

    private static byte[] FlipBits(byte[] content, int[] bits)
    {
        byte[] flipped = [.. content];
        foreach (var bit in bits)
        {
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        return flipped;
    }
}
