using System.IO.Hashing;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Targets.Files;

/// <summary>
/// One block on disk: a <see cref="BlockHeader"/>, the rows, and the XxHash128 of both (16 bytes, big-endian). A file is
/// complete or absent, for it is written under another name first.
/// </summary>
internal static class BlockFile
{
    /// <summary>What the name of a file that is being written ends with.</summary>
    public const string Unfinished = ".tmp";

    private const int HashBytes = 16;

    /// <summary>Bytes of the file of a block.</summary>
    public static long Length(TargetKey key, EncodedTargets targets) =>
        HeaderOf(key, targets).Length + (long)targets.Bytes.Length + HashBytes;

    /// <exception cref="IOException">For example, the disk is full.</exception>
    public static void Write(string path, TargetKey key, EncodedTargets targets)
    {
        var header = HeaderOf(key, targets);
        var head = new byte[header.Length];
        header.Write(head);
        var hash = new XxHash128();
        hash.Append(head);
        hash.Append(targets.Bytes);
        var length = head.Length + (long)targets.Bytes.Length + HashBytes;
        using (var file = File.OpenHandle(path + Unfinished, FileMode.Create, FileAccess.Write, preallocationSize: length))
        {
            RandomAccess.Write(file, head, fileOffset: 0);
            RandomAccess.Write(file, targets.Bytes, head.Length);
            RandomAccess.Write(file, hash.GetCurrentHash(), length - HashBytes);
        }

        File.Move(path + Unfinished, path, overwrite: true);
    }

    /// <summary>Maps a block's file, once all of it has been checked.</summary>
    /// <exception cref="InvalidDataException">It is not what it should be; the message says what was expected and found.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static EncodedTargets Read(string path, TargetKey key, TargetCodec codec)
    {
        var file = new MappedFile(path);
        try
        {
            var header = BlockHeader.Read(file.Bytes);
            Check(file.Bytes, header, key, codec);
            var rows = new MappedRows(file, header.Length..(header.Length + header.RowBytes));
            return new EncodedTargets(key.Lesson, codec, header.Width, header.ComputeTime, rows);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static BlockHeader HeaderOf(TargetKey key, EncodedTargets targets) =>
        new(key.ToString(), targets.Width, targets.ComputeTime, targets.Bytes.Length);

    private static void Check(ReadOnlySpan<byte> file, BlockHeader header, TargetKey key, TargetCodec codec)
    {
        Expect("the block", key.ToString(), header.Key);
        Expect("a length in bytes of", (long)header.Length + header.RowBytes + HashBytes, file.Length);
        Expect("the hash", Convert.ToHexStringLower(file[^HashBytes..]), Convert.ToHexStringLower(XxHash128.Hash(file[..^HashBytes])));
        Expect("bytes of rows:", (long)key.Lesson.Samples.Count * codec.RowBytes(header.Width), header.RowBytes);
    }

    private static void Expect<T>(string what, T expected, T found)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            throw new InvalidDataException($"expected {what} {expected}, found {found}");
        }
    }
}
