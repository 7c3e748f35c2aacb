namespace Stillhouse.Cli.Running;

/// <summary>A node that a run can do without for a while: when its process dies, another takes its place.</summary>
internal sealed class SupervisedNode : IAsyncDisposable
{
    /// <summary>A node that has died so often within <see cref="Window"/> is not worth starting again.</summary>
    private const int MaximumDeaths = 4;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Func<NodeProcess> _start;
    private readonly Action<NodeProcess, string> _lost;
    private readonly Lock _gate = new();
    private NodeProcess _process;
    private bool _stopping;

    /// <param name="start">Starts a process.</param>
    /// <param name="lost">Told of a process that has died, and how, before the next one is started.</param>
    public SupervisedNode(Func<NodeProcess> start, Action<NodeProcess, string> lost)
    {
        (_start, _lost) = (start, lost);
        _process = start();
    }

    /// <summary>Completes with the reason in one line when no further process is started.</summary>
    public async Task<string> GivenUpAsync(CancellationToken cancellation)
    {
        var deaths = new Queue<long>();
        while (true)
        {
            var process = _process;
            var reason = await process.EndAsync(cancellation);
            deaths.Enqueue(TimeProvider.System.GetTimestamp());
            while (TimeProvider.System.GetElapsedTime(deaths.Peek()) > Window)
            {
                deaths.Dequeue();
            }

            if (deaths.Count == MaximumDeaths || !TryReplace(process, reason))
            {
                return reason;
            }
        }
    }

    /// <summary>Of the process that runs at the moment.</summary>
    public int Port
    {
        get
        {
            lock (_gate)
            {
                return _process.Port;
            }
        }
    }

    public void Kill()
    {
        lock (_gate)
        {
            _stopping = true;
            _process.Kill();
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
        }

        return _process.DisposeAsync();
    }

    private bool TryReplace(NodeProcess dead, string reason)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return false;
            }

            _lost(dead, reason);
            _process = _start();
            _ = dead.DisposeAsync().AsTask();
            return true;
        }
    }
}
