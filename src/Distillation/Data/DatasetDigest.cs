using System.Buffers.Binary;
using System.Security.Cryptography;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Distillation.Data;

/// <summary>
/// The content address of a dataset: SHA-256 over classes, channels, height and width, then for train, validation and
/// test the count, the pixels and the labels. Where samples have no labels, their number, negated, comes before the count.
/// Numbers are 32-bit little-endian.
/// </summary>
internal static class DatasetDigest
{
    public static Digest Of(int classes, SampleShape shape, params ReadOnlySpan<SampleSet> splits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, classes);
        Append(hash, shape.Channels);
        Append(hash, shape.Height);
        Append(hash, shape.Width);
        foreach (var split in splits)
        {
            if (split.Unlabelled > 0)
            {
                Append(hash, -split.Unlabelled);
            }

            Append(hash, split.Count);
            hash.AppendData(split.Pixels.Span);
            hash.AppendData(split.Labels.Span);
        }

        return Digest.FromHash(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
