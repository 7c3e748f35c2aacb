using System.Buffers.Binary;

namespace Stillhouse.Distillation.Data.Idx;

/// <summary>
/// The array of bytes in one IDX file (LeCun's format of MNIST): a big-endian header with the dimensions, then the
/// values, sample after sample.
/// </summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Dimensions">Samples first; for images then height and width.</param>
/// <param name="Values">As many as the product of the dimensions.</param>
internal sealed record IdxFile(string Path, IReadOnlyList<int> Dimensions, ReadOnlyMemory<byte> Values)
{
    private const uint MaximumSide = 4_096;
    private const string FetchAgain = "Fetch the file again.";

    /// <summary>Samples in the file.</summary>
    public int Count => Dimensions[0];

    /// <summary>Reads a file, gzip-compressed or not, and checks that it is whole and of the kind.</summary>
    /// <exception cref="DataException">It is not, or it cannot be read.</exception>
    public static IdxFile Read(string path, IdxKind kind)
    {
        var content = ReadContent(path, kind);
        var dimensions = ReadHeader(path, kind, content.Span);
        var values = content[kind.HeaderLength..];
        var length = dimensions.Aggregate(1L, (product, dimension) => product * dimension);
        return values.Length == length
            ? new IdxFile(path, [.. dimensions.Select(dimension => (int)dimension)], values)
            : throw Refusal(
                path,
                $"too {(values.Length < length ? "few" : "many")} bytes of values ({values.Length})",
                $"{length} ({string.Join(" x ", dimensions)}), as the header says",
                FetchAgain);
    }

    private static ReadOnlyMemory<byte> ReadContent(string path, IdxKind kind)
    {
        try
        {
            return Gzip.ReadFile(path);
        }
        catch (InvalidDataException damage)
        {
            throw Refusal(path, damage.Message, "one whole gzip stream", FetchAgain);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, $"an unreadable file ({failure.Message})", kind.Name, "Make the file readable.");
        }
    }

    private static uint[] ReadHeader(string path, IdxKind kind, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            throw Refusal(path, "an empty file", kind.Name, FetchAgain);
        }

        if (BinaryPrimitives.TryReadUInt32BigEndian(content, out var magic) && magic != kind.Magic)
        {
            throw Refusal(
                path, $"the magic {IdxKind.Describe(magic)}", IdxKind.Describe(kind.Magic), "Put the right file in its place.");
        }

        if (content.Length < kind.HeaderLength)
        {
            throw Refusal(path, $"{content.Length} bytes", $"at least the {kind.HeaderLength} bytes of a header", FetchAgain);
        }

        var dimensions = new uint[kind.Rank];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadUInt32BigEndian(content[(sizeof(uint) * (1 + i))..]);
        }

        if (dimensions[0] is 0 or > int.MaxValue)
        {
            throw Refusal(path, $"{dimensions[0]} samples", $"1 to {int.MaxValue}", "Use a file that holds samples.");
        }

        return dimensions[1..].All(side => side is >= 1 and <= MaximumSide)
            ? dimensions
            : throw Refusal(
                path,
                $"samples of {string.Join(" x ", dimensions[1..])} pixels",
                $"1 to {MaximumSide} pixels each way",
                FetchAgain);
    }

    private static DataException Refusal(string path, string found, string expected, string remedy) =>
        new(new DataProblem(path, found, expected, remedy));
}
