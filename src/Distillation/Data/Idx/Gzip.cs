using System.Buffers.Binary;
using System.IO.Compression;

namespace Stillhouse.Distillation.Data.Idx;

/// <summary>Reads files that may be gzip-compressed (RFC 1952), whatever they are called.</summary>
internal static class Gzip
{
    private const int ShortestLength = 20; // 10 of header, 2 of an empty deflate stream, 8 of trailer

    private static ReadOnlySpan<byte> Magic => [0x1f, 0x8b];

    /// <summary>The content of a file, decompressed where it begins as gzip does.</summary>
    /// <exception cref="InvalidDataException">The gzip stream is damaged or cut off; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ReadOnlyMemory<byte> ReadFile(string path)
    {
        var content = File.ReadAllBytes(path);
        return content.AsSpan().StartsWith(Magic) ? Decompress(content) : content;
    }

    private static ReadOnlyMemory<byte> Decompress(byte[] content)
    {
        using var output = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            gzip.CopyTo(output);
        }
        catch (InvalidDataException)
        {
            throw new InvalidDataException($"a gzip stream that is damaged after {output.Length} decompressed bytes");
        }

        // GZipStream takes a stream that stops early for one that ends; the length in the trailer tells them apart.
        return content.Length >= ShortestLength && DeclaredLength(content) == (uint)output.Length
            ? output.GetBuffer().AsMemory(0, (int)output.Length)
            : throw new InvalidDataException(
                $"a gzip stream that is cut off, or followed by something else, after {output.Length} decompressed bytes");
    }

    /// <summary>The trailer's last four bytes: the length of the content modulo 2^32.</summary>
    private static uint DeclaredLength(ReadOnlySpan<byte> content) =>
        BinaryPrimitives.ReadUInt32LittleEndian(content[^sizeof(uint)..]);
}
