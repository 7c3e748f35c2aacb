using Microsoft.Extensions.Logging;
using Stillhouse.Messages.Identity;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Targets.Files;

/// <summary>
/// Blocks in a folder, one file each, the longest unused deleted first. A file is checked whenever it is read, and only
/// then, so that a large folder is open at once. Safe for any thread, with one writer.
/// </summary>
internal sealed class BlockFolder : IDisposable
{
    private const string Extension = ".targets";

    private readonly string _path;
    private readonly TargetStoreMetrics _metrics;
    private readonly ILogger _logger;
    private readonly IDisposable _lock;
    private readonly Lock _gate = new();
    private readonly ByteLru<string, string> _files;

    /// <summary>Takes the folder and looks which files are there: the oldest count as the longest unused.</summary>
    /// <exception cref="TargetStoreException">Another store has the folder, or it cannot be written.</exception>
    public BlockFolder(string path, long budget, TargetStoreMetrics metrics, ILogger logger)
    {
        (_path, _metrics, _logger) = (Path.GetFullPath(path), metrics, logger);
        _files = new ByteLru<string, string>(budget);
        _lock = FolderLock.Take(_path);
        var folder = new DirectoryInfo(_path);
        foreach (var unfinished in folder.EnumerateFiles($"*{Extension}{BlockFile.Unfinished}"))
        {
            Delete(unfinished.FullName);
        }

        foreach (var file in folder.EnumerateFiles($"*{Extension}").OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name))
        {
            Evict(_files.Add(file.FullName, file.FullName, file.Length));
        }
    }

    /// <summary>Bytes of all files.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _files.Bytes;
            }
        }
    }

    /// <summary>Whether there is a file of the block; that counts as a use.</summary>
    public bool TryUse(TargetKey key)
    {
        lock (_gate)
        {
            return _files.TryUse(PathOf(key), out _);
        }
    }

    /// <summary>The block, or null if its file is gone or is not what it should be. Waits for the disk.</summary>
    public EncodedTargets? TryRead(TargetKey key)
    {
        var path = PathOf(key);
        try
        {
            return BlockFile.Read(path, key, CodecOf(key));
        }
        catch (InvalidDataException flaw)
        {
            _logger.LogWarning("Soft targets in '{Path}' are not used and deleted: {Flaw}. They are fetched anew.", path, flaw.Message);
            _metrics.Corrupt();
        }
        catch (FileNotFoundException)
        {
            // Evicted since somebody looked, or removed by hand.
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning(cause, "Soft targets in '{Path}' cannot be read and are deleted. They are fetched anew.", path);
        }

        Remove(path);
        return null;
    }

    /// <summary>Writes a block that is not there, once there is room for it. Waits for the disk.</summary>
    public void Write(TargetKey key, EncodedTargets targets)
    {
        var path = PathOf(key);
        bool fits;
        lock (_gate)
        {
            Evict(_files.Add(path, path, BlockFile.Length(key, targets)));
            fits = _files.Contains(path);
        }

        if (!fits)
        {
            return;
        }

        try
        {
            BlockFile.Write(path, key, targets);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning(cause, "Soft targets cannot be written to '{Path}' and are not kept.", path);
            _metrics.NotWritten();
            Remove(path);
            Delete(path + BlockFile.Unfinished);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static TargetCodec CodecOf(TargetKey key) =>
        TargetCodecs.TryParse(key.Codec, out var codec)
            ? codec
            : throw new ArgumentException($"No codec is called '{key.Codec}'.", nameof(key));

    private string PathOf(TargetKey key) =>
        Path.Combine(_path, Digest.Of(System.Text.Encoding.UTF8.GetBytes(key.ToString())).Hex + Extension);

    private void Evict(IReadOnlyList<ByteLru<string, string>.Entry> files)
    {
        foreach (var file in files)
        {
            Delete(file.Key);
            _metrics.Evicted(StoreLevel.File);
        }
    }

    private void Remove(string path)
    {
        lock (_gate)
        {
            _files.Remove(path);
        }

        Delete(path);
    }

    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning(cause, "'{Path}' cannot be deleted and takes up room.", path);
        }
    }
}
