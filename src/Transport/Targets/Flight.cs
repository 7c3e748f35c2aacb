namespace Stillhouse.Transport.Targets;

/// <summary>
/// One answer that is being fetched, and everybody who waits for it. Whoever fetches it disposes the flight. Safe for any
/// thread.
/// </summary>
internal sealed class Flight : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Caller> _callers = [];
    private readonly CancellationTokenSource _abandoned = new();
    private bool _over;
    private int _users = 1;

    /// <summary>Fires when the last caller has left.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Waits with the others; null if the flight is over or everybody has left.</summary>
    public Caller? TryJoin()
    {
        lock (_gate)
        {
            if (_over)
            {
                return null;
            }

            var caller = new Caller(this);
            _callers.Add(caller);
            return caller;
        }
    }

    /// <summary>
    /// Gives every caller a handle of its own: to the first the answer's origin, so that in all reports together it counts
    /// once, to the others <paramref name="joined"/>.
    /// </summary>
    public void Land(TargetAnswer answer, TargetOrigin joined)
    {
        var origin = answer.Origin;
        foreach (var caller in End())
        {
            if (caller.TryAnswer(new TargetAnswer(answer.Targets.Share(), origin)))
            {
                origin = joined;
            }
        }
    }

    public void Fail(Exception cause)
    {
        foreach (var caller in End())
        {
            caller.Fail(cause);
        }
    }

    /// <summary>Fails everybody and cancels the fetch.</summary>
    public void Abort(Exception cause)
    {
        Caller[] callers;
        lock (_gate)
        {
            if (_over)
            {
                return;
            }

            Interlocked.Increment(ref _users);
            callers = End();
        }

        foreach (var caller in callers)
        {
            caller.Fail(cause);
        }

        Abandon();
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _abandoned.Dispose();
        }
    }

    /// <summary>Ends the flight; nobody may join from now on, and nobody leaves.</summary>
    private Caller[] End()
    {
        lock (_gate)
        {
            _over = true;
            Caller[] callers = [.. _callers];
            _callers.Clear();
            return callers;
        }
    }

    private void Leave(Caller caller)
    {
        lock (_gate)
        {
            if (!_callers.Remove(caller) || _callers.Count > 0)
            {
                return;
            }

            _over = true;
            Interlocked.Increment(ref _users);
        }

        Abandon();
    }

    /// <summary>Outside of the lock: cancelling runs code of the fetch.</summary>
    private void Abandon()
    {
        _abandoned.Cancel();
        Dispose();
    }

    /// <summary>One who waits.</summary>
    internal sealed class Caller(Flight flight)
    {
        private readonly TaskCompletionSource<TargetAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Waits until the flight is over or <paramref name="cancellation"/> fires; then only this caller leaves.</summary>
        public async Task<TargetAnswer> WaitAsync(CancellationToken cancellation)
        {
            using var registration = cancellation.UnsafeRegister(
                static (caller, token) => ((Caller)caller!).Leave(token), this);
            return await _answer.Task.ConfigureAwait(false);
        }

        public bool TryAnswer(TargetAnswer answer)
        {
            if (_answer.TrySetResult(answer))
            {
                return true;
            }

            answer.Targets.Dispose();
            return false;
        }

        public void Fail(Exception cause) => _answer.TrySetException(cause);

        private void Leave(CancellationToken token)
        {
            if (_answer.TrySetCanceled(token))
            {
                flight.Leave(this);
            }
        }
    }
}
