using Microsoft.Extensions.Logging;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets.Files;

namespace Stillhouse.Transport.Targets;

/// <summary>
/// What a node keeps of what teachers answered, in memory and then in files, so that nobody computes or sends it twice.
/// Callers who ask for the same key at once cause one fetch. Safe for any thread.
/// </summary>
public sealed class TargetStore : IAsyncDisposable
{
    private readonly StoreSide _side;
    private readonly Lock _gate = new();
    private readonly Dictionary<TargetKey, Flight> _flights = [];
    private readonly ByteLru<TargetKey, EncodedTargets> _memory;
    private readonly FileTier? _files;
    private readonly Lazy<Task> _closing;
    private bool _closed;

    /// <param name="side">Decides how origins are called.</param>
    /// <exception cref="TargetStoreException">The folder cannot be used, for example because another process does.</exception>
    public TargetStore(StoreSide side, TargetStoreOptions options, ILogger<TargetStore> logger)
    {
        ArgumentNullException.ThrowIfNull(side);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        _side = side;
        _memory = new ByteLru<TargetKey, EncodedTargets>(options.MemoryBytes);
        _closing = new Lazy<Task>(CloseAsync);
        Metrics = new TargetStoreMetrics(side);
        Metrics.Observe(StoreLevel.Memory, () => MemoryBytes);
        if (options.Folder is { } folder)
        {
            var files = new FileTier(new BlockFolder(folder, options.FileBytes, Metrics, logger), options.UnwrittenBytes, Metrics);
            Metrics.Observe(StoreLevel.File, () => files.Bytes);
            _files = files;
        }
    }

    internal TargetStoreMetrics Metrics { get; }

    private long MemoryBytes
    {
        get
        {
            lock (_gate)
            {
                return _memory.Bytes;
            }
        }
    }

    /// <summary>
    /// What is kept under the key, else what <paramref name="fetch"/> gets, which is kept then. A caller that cancels only
    /// leaves; the fetch is cancelled when all have left. A failed fetch fails all who wait for it, and the next one who
    /// asks tries again.
    /// </summary>
    /// <param name="key">Everything that the targets depend on.</param>
    /// <param name="fetch">Starts on the caller's thread or on the pool; its targets belong to the store then.</param>
    /// <returns>
    /// A handle that the caller disposes. Of those who waited together one gets the origin that <paramref name="fetch"/>
    /// gave, so that all origins in sum count every fetch once.
    /// </returns>
    /// <exception cref="WrongAnswerException">What was fetched does not belong to the key.</exception>
    /// <exception cref="ObjectDisposedException">The store was closed, before or while this waited.</exception>
    public Task<TargetAnswer> GetAsync(
        TargetKey key, Func<CancellationToken, Task<TargetAnswer>> fetch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(fetch);
        Flight? started = null;
        Flight.Caller? caller;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (TryShare(key) is { } kept)
            {
                Metrics.Hit(StoreLevel.Memory);
                return Task.FromResult(new TargetAnswer(kept, _side.Memory));
            }

            caller = _flights.GetValueOrDefault(key)?.TryJoin();
            if (caller is null)
            {
                _flights[key] = started = new Flight();
                caller = started.TryJoin()!;
            }
        }

        var answer = caller.WaitAsync(cancellation);
        if (started is null)
        {
            Metrics.Hit(StoreLevel.Joined);
        }
        else
        {
            _ = FlyAsync(key, started, fetch);
        }

        return answer;
    }

    /// <summary>Fails who waits, writes to the folder what memory holds, and frees it; handles that were given out stay valid.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private EncodedTargets? TryShare(TargetKey key) =>
        _memory.TryUse(key, out var kept) ? kept.Share() : _files?.TryShareUnwritten(key);

    private async Task FlyAsync(TargetKey key, Flight flight, Func<CancellationToken, Task<TargetAnswer>> fetch)
    {
        using var _ = flight;
        try
        {
            var answer = await ObtainAsync(key, fetch, flight.Abandoned).ConfigureAwait(false);
            using var targets = answer.Targets;
            Keep(key, flight, targets);
            flight.Land(answer, _side.Joined);
        }
        catch (Exception cause)
        {
            Forget(key, flight);
            flight.Fail(cause);
        }
    }

    private async Task<TargetAnswer> ObtainAsync(
        TargetKey key, Func<CancellationToken, Task<TargetAnswer>> fetch, CancellationToken abandoned)
    {
        if (_files is { } files && files.Contains(key)
            && await Task.Run(() => files.TryRead(key), abandoned).ConfigureAwait(false) is { } read)
        {
            Metrics.Hit(StoreLevel.File);
            return new TargetAnswer(read, _side.File);
        }

        abandoned.ThrowIfCancellationRequested();
        Metrics.Missed();
        var answer = await fetch(abandoned).ConfigureAwait(false);
        if (answer.Targets.Lesson != key.Lesson || answer.Targets.Codec.Name != key.Codec)
        {
            using var wrong = answer.Targets;
            throw new WrongAnswerException(
                $"Lesson {key.Lesson} in codec {key.Codec} was answered with {wrong.Lesson} in codec {wrong.Codec.Name}.");
        }

        return answer;
    }

    private void Keep(TargetKey key, Flight flight, EncodedTargets targets)
    {
        lock (_gate)
        {
            Forget(key, flight);
            if (_closed || _memory.Contains(key))
            {
                return;
            }

            // Given on to disk under the lock, so that nobody finds it neither here nor there.
            foreach (var evicted in _memory.Add(key, targets.Share(), targets.HeldBytes))
            {
                Metrics.Evicted(StoreLevel.Memory);
                if (_files is null)
                {
                    evicted.Value.Dispose();
                }
                else
                {
                    _files.Offer(evicted.Key, evicted.Value);
                }
            }
        }
    }

    private void Forget(TargetKey key, Flight flight)
    {
        lock (_gate)
        {
            if (_flights.GetValueOrDefault(key) == flight)
            {
                _flights.Remove(key);
            }
        }
    }

    private async Task CloseAsync()
    {
        List<Flight> flights;
        List<ByteLru<TargetKey, EncodedTargets>.Entry> kept;
        lock (_gate)
        {
            _closed = true;
            flights = [.. _flights.Values];
            kept = [.. _memory.Entries];
        }

        flights.ForEach(flight => flight.Abort(new ObjectDisposedException(GetType().FullName)));
        if (_files is null)
        {
            kept.ForEach(entry => entry.Value.Dispose());
        }
        else
        {
            await _files.CloseAsync(kept).ConfigureAwait(false);
        }

        Metrics.Dispose();
    }
}
