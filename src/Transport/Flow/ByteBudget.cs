namespace Stillhouse.Transport.Flow;

/// <summary>
/// Bounds how many bytes are in somebody's hands at once. First come, first served, so that a large request is
/// not overtaken for ever; one that is larger than the whole budget is admitted alone. Safe for any thread.
/// </summary>
public sealed class ByteBudget
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Applicant> _waiting = [];
    private long _inFlight;
    private long _peak;

    /// <param name="limit">Bytes, at least 1.</param>
    public ByteBudget(long limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Limit = limit;
    }

    public long Limit { get; }

    /// <summary>Bytes reserved now.</summary>
    public long InFlight
    {
        get
        {
            lock (_gate)
            {
                return _inFlight;
            }
        }
    }

    /// <summary>The most bytes that were reserved at any time.</summary>
    public long Peak
    {
        get
        {
            lock (_gate)
            {
                return _peak;
            }
        }
    }

    /// <summary>Waits until there is room and it is this request's turn. Disposing the result gives the bytes back.</summary>
    public async ValueTask<ByteReservation> ReserveAsync(long bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        LinkedListNode<Applicant> place;
        lock (_gate)
        {
            if (_waiting.Count == 0 && Admits(bytes))
            {
                return Reserve(bytes);
            }

            place = _waiting.AddLast(new Applicant(bytes));
        }

        await using (cancellation.UnsafeRegister(_ => Withdraw(place, cancellation), null).ConfigureAwait(false))
        {
            return await place.Value.Reserved.Task.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reserves at once, above the limit if need be: for a repetition of a request whose own bytes do not come, which must
    /// not wait for exactly those.
    /// </summary>
    public ByteReservation Overdraw(long bytes)
    {
        lock (_gate)
        {
            return Reserve(bytes);
        }
    }

    internal void Release(long bytes)
    {
        lock (_gate)
        {
            _inFlight -= bytes;
            Admit();
        }
    }

    private bool Admits(long bytes) => _inFlight == 0 || bytes <= Limit - _inFlight;

    private ByteReservation Reserve(long bytes)
    {
        _inFlight += bytes;
        _peak = Math.Max(_peak, _inFlight);
        return new ByteReservation(this, bytes);
    }

    private void Admit()
    {
        while (_waiting.First is { } first && Admits(first.Value.Bytes))
        {
            _waiting.RemoveFirst();
            first.Value.Reserved.SetResult(Reserve(first.Value.Bytes));
        }
    }

    private void Withdraw(LinkedListNode<Applicant> place, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                _waiting.Remove(place);
                place.Value.Reserved.SetCanceled(cancellation);
                Admit();
            }
        }
    }

    private sealed class Applicant(long bytes)
    {
        public long Bytes { get; } = bytes;

        public TaskCompletionSource<ByteReservation> Reserved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Bytes of a <see cref="ByteBudget"/> that are spoken for until disposal.</summary>
public sealed class ByteReservation : IDisposable
{
    private readonly ByteBudget _budget;
    private readonly long _bytes;
    private int _released;

    internal ByteReservation(ByteBudget budget, long bytes) => (_budget, _bytes) = (budget, bytes);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _budget.Release(_bytes);
        }
    }
}
