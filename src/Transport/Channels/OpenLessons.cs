namespace Stillhouse.Transport.Channels;

/// <summary>The lessons of one line that wait for their answers, until the line ends. Safe for any thread.</summary>
internal sealed class OpenLessons : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _slots;
    private readonly Dictionary<long, IncomingAnswer> _open = [];
    private readonly CancellationTokenSource _ending = new();
    private Func<Exception>? _cause;
    private long _next;

    /// <param name="limit">Lessons that may be open at once; others wait.</param>
    public OpenLessons(int limit) => (_slots, Ended) = (new SemaphoreSlim(limit, limit), _ending.Token);

    /// <summary>Fires when no lesson can be answered any more.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Waits until one more lesson may be open, and opens it.</summary>
    /// <param name="create">Makes it from its number.</param>
    /// <exception cref="Exception">What the line ended with.</exception>
    public async ValueTask<IncomingAnswer> AddAsync(Func<long, IncomingAnswer> create, CancellationToken cancellation)
    {
        await TakeSlotAsync(cancellation).ConfigureAwait(false);
        lock (_gate)
        {
            if (_cause is not null)
            {
                throw _cause();
            }

            var lesson = create(_next++);
            _open.Add(lesson.Number, lesson);
            return lesson;
        }
    }

    /// <summary>Null if no such lesson is open.</summary>
    public IncomingAnswer? Find(long number)
    {
        lock (_gate)
        {
            return _open.GetValueOrDefault(number);
        }
    }

    /// <summary>An open lesson is open no more.</summary>
    public void Close(IncomingAnswer lesson)
    {
        lock (_gate)
        {
            _open.Remove(lesson.Number);
        }

        _slots.Release();
    }

    /// <summary>Fails every open lesson and every later one. Only the first cause counts.</summary>
    public void End(Func<Exception> cause)
    {
        IncomingAnswer[] abandoned;
        lock (_gate)
        {
            _cause ??= cause;
            abandoned = [.. _open.Values];
        }

        foreach (var lesson in abandoned)
        {
            lesson.Fail(cause());
        }

        _ending.Cancel();
    }

    /// <summary>Frees what had come for lessons that are open, once the line has ended and nothing more comes.</summary>
    public void Free()
    {
        lock (_gate)
        {
            foreach (var lesson in _open.Values)
            {
                lesson.Free();
            }

            _open.Clear();
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _ending.Dispose();
    }

    private async ValueTask TakeSlotAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_slots.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Ended);
        try
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw _cause!();
        }
    }
}
