using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Data.Idx;

namespace Stillhouse.Distillation.Tests.Data.Idx;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_WholeFile_YieldsDimensionsAndValues(bool compressed)
    {
        var content = IdxBytes.Images(2);
        var file = Read(compressed ? IdxBytes.Gzip(content) : content, IdxKind.Images);

        file.Dimensions.ShouldBe([2, 2, 3]);
        file.Count.ShouldBe(2);
        file.Values.ToArray().ShouldBe(Enumerable.Range(0, 12).Select(i => (byte)i));
    }

    [Fact]
    public void Read_LabelsWhereImagesBelong_SaysWhichIsWhich()
    {
        var problem = Refusal(IdxBytes.Labels(5), IdxKind.Images);

        problem.Found.ShouldBe("the magic 0x00000801 (an IDX label file)");
        problem.Expected.ShouldBe("0x00000803 (an IDX image file)");
    }

    [Theory]
    [InlineData("<!DOCTYPE html>", "an HTML page")]
    [InlineData("PK\u0003\u0004....", "a ZIP archive")]
    [InlineData("\0\0\u000d\u0002....", "IDX values of type 13 in 2 dimensions")]
    [InlineData("label,pixel0", "an unknown format")]
    public void Read_ForeignFile_SaysWhatItLooksLike(string content, string guess) =>
        Refusal([.. content.Select(c => (byte)c)], IdxKind.Images).Found.ShouldContain(guess);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_EmptyFile_IsRefused(bool compressed) =>
        Refusal(compressed ? IdxBytes.Gzip([]) : [], IdxKind.Labels).Found.ShouldBe("an empty file");

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(15)]
    public void Read_PartOfAHeader_IsRefused(int length)
    {
        var problem = Refusal(IdxBytes.Images(1)[..length], IdxKind.Images);

        problem.Found.ShouldBe($"{length} bytes");
        problem.Expected.ShouldBe("at least the 16 bytes of a header");
    }

    [Theory]
    [InlineData(-1, "too few bytes of values (17)")]
    [InlineData(2, "too many bytes of values (20)")]
    public void Read_LengthBesidesTheHeader_IsRefusedWithBothNumbers(int difference, string found)
    {
        byte[] content = [.. IdxBytes.Images(3), 0, 0];
        var problem = Refusal(content[..(16 + 18 + difference)], IdxKind.Images);

        problem.Found.ShouldBe(found);
        problem.Expected.ShouldBe("18 (3 x 2 x 3), as the header says");
    }

    [Fact]
    public void Read_GzipCutOffAnywhere_IsRefused()
    {
        var whole = IdxBytes.Gzip(IdxBytes.Images(40));
        for (var length = 2; length < whole.Length; length++)
        {
            Refusal(whole[..length], IdxKind.Images).Found.ShouldStartWith("a gzip stream that is cut off");
        }
    }

    [Fact]
    public void Read_BytesAfterTheGzipStream_AreRefused() =>
        Refusal([.. IdxBytes.Gzip(IdxBytes.Images(1)), 1, 2, 3], IdxKind.Images).Found.ShouldContain("followed by something else");

    [Fact]
    public void Read_DamagedGzip_IsRefused()
    {
        var damaged = IdxBytes.Gzip(IdxBytes.Images(40));
        damaged[^6] ^= 1; // in the checksum

        Refusal(damaged, IdxKind.Images).Found.ShouldStartWith("a gzip stream that is damaged after ");
    }

    [Theory]
    [InlineData(0, 28, 28, "0 samples")]
    [InlineData(-1, 28, 28, "4294967295 samples")]
    [InlineData(1, 0, 28, "samples of 0 x 28 pixels")]
    [InlineData(1, 28, 4097, "samples of 28 x 4097 pixels")]
    [InlineData(1, -1, -1, "samples of 4294967295 x 4294967295 pixels")]
    public void Read_SenselessDimensions_AreRefused(int count, int height, int width, string found) =>
        Refusal(IdxBytes.Header(0x803, count, height, width), IdxKind.Images).Found.ShouldBe(found);

    [Fact]
    public void Read_HugeDimensionsWithoutValues_AreRefusedWithoutAllocatingThem() =>
        Refusal(IdxBytes.Header(0x803, int.MaxValue, 4096, 4096), IdxKind.Images).Expected.ShouldStartWith("36028797002186752 ");

    [Fact]
    public void Read_Directory_IsRefused() =>
        Should.Throw<DataException>(() => IdxFile.Read(_folder.Path, IdxKind.Images))
            .Problems.ShouldHaveSingleItem().Found.ShouldStartWith("an unreadable file");

    [Fact]
    public void Refusal_InWords_NamesPlaceFindingLimitAndRemedy()
    {
        var path = _folder.Write("labels", IdxBytes.Labels());

        Should.Throw<DataException>(() => IdxFile.Read(path, IdxKind.Labels)).Message
            .ShouldBe($"{path}: found 0 samples; expected 1 to 2147483647. Use a file that holds samples.");
    }

    private IdxFile Read(byte[] content, IdxKind kind) => IdxFile.Read(_folder.Write("file", content), kind);

    private DataProblem Refusal(byte[] content, IdxKind kind)
    {
        var problem = Should.Throw<DataException>(() => Read(content, kind)).Problems.ShouldHaveSingleItem();
        problem.Place.ShouldBe(Path.Combine(_folder.Path, "file"));
        return problem;
    }
}
