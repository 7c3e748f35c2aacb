namespace Stillhouse.Distillation.Data.Idx;

/// <summary>Which of the IDX formats a file must have.</summary>
/// <param name="Name">For people.</param>
/// <param name="Magic">The first four bytes: two zeros, the type of the values (8: bytes), the number of dimensions.</param>
internal sealed record IdxKind(string Name, uint Magic)
{
    private const uint ImageMagic = 0x0000_0803;
    private const uint LabelMagic = 0x0000_0801;
    private const uint ZipMagic = 0x504b_0304;

    /// <summary>Bytes, signed bytes, shorts, ints, floats and doubles.</summary>
    private static ReadOnlySpan<byte> KnownTypes => [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e];

    public static readonly IdxKind Images = new("an IDX image file", ImageMagic);
    public static readonly IdxKind Labels = new("an IDX label file", LabelMagic);

    /// <summary>Dimensions of the array: samples, and for images also height and width.</summary>
    public int Rank => (int)(Magic & 0xff);

    /// <summary>Bytes before the values: the magic and one 32-bit number per dimension.</summary>
    public int HeaderLength => sizeof(uint) * (1 + Rank);

    /// <summary>A file's first four bytes, and what such a file probably is.</summary>
    public static string Describe(uint magic)
    {
        var guess = magic switch
        {
            ImageMagic => Images.Name,
            LabelMagic => Labels.Name,
            ZipMagic => "a ZIP archive",
            <= 0xffff when KnownTypes.Contains((byte)(magic >> 8)) => $"IDX values of type {magic >> 8} in {magic & 0xff} dimensions",
            >= '<' << 24 and < '=' << 24 => "an HTML page",
            _ => "an unknown format",
        };
        return $"0x{magic:x8} ({guess})";
    }
}
