using Microsoft.Extensions.Logging;
using Stillhouse.Messages.Lessons;

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
    private bool _disposed;

    /// <param name="side">Decides how origins are called.</param>
    /// <exception cref="TargetStoreException">The folder cannot be used, for example because another process does.</exception>
    public TargetStore(StoreSide side, TargetStoreOptions options, ILogger<TargetStore> logger)
    {
        ArgumentNullException.ThrowIfNull(side);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        _side = side;
        _memory = new ByteLru<TargetKey, EncodedTargets>(options.MemoryBytes);
    }

    /// <summary>
    /// What is kept under the key, else what <paramref name="fetch"/> gets, which is kept then. A caller that cancels only
    /// leaves; the fetch is cancelled when all have left. A failed fetch fails all who wait for it, and the next one who
    /// asks tries again.
    /// </summary>
    /// <param name="key">Everything that the targets depend on.</param>
    /// <param name="fetch">Starts on the caller's thread or on the pool; its targets belong to the store then.</param>
    /// <returns>A handle that the caller disposes.</returns>
    /// <exception cref="WrongAnswerException">What was fetched does not belong to the key.</exception>
    /// <exception cref="ObjectDisposedException">The store was closed, before or while this waited.</exception>
    public Task<TargetAnswer> GetAsync(
        TargetKey key, Func<CancellationToken, Task<TargetAnswer>> fetch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(fetch);
        Flight flight;
        Flight.Caller caller;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_memory.TryUse(key, out var kept))
            {
                return Task.FromResult(new TargetAnswer(kept.Share(), _side.Memory));
            }

            if (_flights.TryGetValue(key, out var underWay) && underWay.TryJoin() is { } joined)
            {
                return joined.WaitAsync(cancellation);
            }

            flight = _flights[key] = new Flight();
            caller = flight.TryJoin()!;
        }

        var answer = caller.WaitAsync(cancellation);
        _ = FlyAsync(key, flight, fetch);
        return answer;
    }

    public ValueTask DisposeAsync()
    {
        List<EncodedTargets> kept;
        lock (_gate)
        {
            _disposed = true;
            kept = [.. _memory.Entries.Select(entry => entry.Value)];
        }

        kept.ForEach(targets => targets.Dispose());
        return ValueTask.CompletedTask;
    }

    private async Task FlyAsync(TargetKey key, Flight flight, Func<CancellationToken, Task<TargetAnswer>> fetch)
    {
        using var _ = flight;
        try
        {
            var answer = await fetch(flight.Abandoned).ConfigureAwait(false);
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

    private void Keep(TargetKey key, Flight flight, EncodedTargets targets)
    {
        lock (_gate)
        {
            Forget(key, flight);
            if (_disposed || _memory.Contains(key))
            {
                return;
            }

            foreach (var evicted in _memory.Add(key, targets.Share(), targets.HeldBytes))
            {
                evicted.Value.Dispose();
            }
        }
    }

    private void Forget(TargetKey key, Flight flight)
    {
        lock (_gate)
        {
            if (_flights.TryGetValue(key, out var current) && current == flight)
            {
                _flights.Remove(key);
            }
        }
    }
}
