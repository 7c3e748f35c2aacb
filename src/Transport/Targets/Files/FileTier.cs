using System.Threading.Channels;

namespace Stillhouse.Transport.Targets.Files;

/// <summary>
/// Blocks on disk and on their way there: a background task writes, and nobody waits for it. What comes faster than it can
/// write is not kept. Safe for any thread.
/// </summary>
internal sealed class FileTier
{
    private readonly BlockFolder _folder;
    private readonly long _budget;
    private readonly TargetStoreMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly Dictionary<TargetKey, EncodedTargets> _unwritten = [];
    private readonly Channel<TargetKey> _queue = Channel.CreateUnbounded<TargetKey>(new() { SingleReader = true });
    private readonly Task _writing;
    private long _unwrittenBytes;

    /// <param name="folder">Owned from now on.</param>
    /// <param name="budget">Bytes that may wait to be written.</param>
    public FileTier(BlockFolder folder, long budget, TargetStoreMetrics metrics)
    {
        (_folder, _budget, _metrics) = (folder, budget, metrics);
        _writing = Task.Run(WriteQueuedAsync);
    }

    /// <summary>Bytes of all files.</summary>
    public long Bytes => _folder.Bytes;

    /// <summary>A handle to a block that waits to be written, or null.</summary>
    public EncodedTargets? TryShareUnwritten(TargetKey key)
    {
        lock (_gate)
        {
            return _unwritten.TryGetValue(key, out var targets) ? targets.Share() : null;
        }
    }

    /// <summary>Whether the block is on disk.</summary>
    public bool Contains(TargetKey key) => _folder.TryUse(key);

    /// <summary>The block from disk, or null if it cannot be used after all. Waits for the disk.</summary>
    public EncodedTargets? TryRead(TargetKey key) => _folder.TryRead(key);

    /// <summary>Writes a block some time, unless it is there.</summary>
    /// <param name="targets">Owned from now on.</param>
    public void Offer(TargetKey key, EncodedTargets targets)
    {
        lock (_gate)
        {
            if (!_unwritten.ContainsKey(key) && !_folder.TryUse(key))
            {
                if (_unwrittenBytes + targets.HeldBytes <= _budget && _queue.Writer.TryWrite(key))
                {
                    _unwritten.Add(key, targets);
                    _unwrittenBytes += targets.HeldBytes;
                    return;
                }

                _metrics.NotWritten();
            }
        }

        targets.Dispose();
    }

    /// <summary>Writes what waits and then these blocks, as far as they are not there, and gives the folder back.</summary>
    /// <param name="last">Owned from now on.</param>
    public async Task CloseAsync(IReadOnlyList<ByteLru<TargetKey, EncodedTargets>.Entry> last)
    {
        _queue.Writer.Complete();
        await _writing.ConfigureAwait(false);
        await Task.Run(() =>
        {
            foreach (var (key, targets, _) in last)
            {
                using var _ = targets;
                if (!_folder.TryUse(key))
                {
                    _folder.Write(key, targets);
                }
            }
        }).ConfigureAwait(false);
        _folder.Dispose();
    }

    private async Task WriteQueuedAsync()
    {
        await foreach (var key in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            EncodedTargets targets;
            lock (_gate)
            {
                targets = _unwritten[key];
            }

            _folder.Write(key, targets);
            lock (_gate)
            {
                _unwritten.Remove(key);
                _unwrittenBytes -= targets.HeldBytes;
            }

            targets.Dispose();
        }
    }
}
