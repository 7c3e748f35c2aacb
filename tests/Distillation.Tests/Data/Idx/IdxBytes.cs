using System.Buffers.Binary;
using System.IO.Compression;

namespace Stillhouse.Distillation.Tests.Data.Idx;

/// <summary>Makes the bytes of small IDX files.</summary>
internal static class IdxBytes
{
    public static byte[] Images(int count, int height = 2, int width = 3) =>
        [.. Header(0x803, count, height, width), .. Enumerable.Range(0, count * height * width).Select(i => (byte)i)];

    public static byte[] Labels(int count) => Labels([.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);

    public static byte[] Labels(params byte[] labels) => [.. Header(0x801, labels.Length), .. labels];

    public static byte[] Header(params int[] numbers)
    {
        var header = new byte[sizeof(int) * numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(sizeof(int) * i), numbers[i]);
        }

        return header;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }
}
