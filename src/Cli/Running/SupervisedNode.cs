namespace Stillhouse.Cli.Running;

/// <summary>A node that a run can do without for a while: when its process dies, another takes its place.</summary>
internal sealed class SupervisedNode : IAsyncDisposable
{
    /// <summary>A node of which so many processes in a row did not stay alive is not worth starting again.</summary>
    private const int MaximumShortLives = 4;

    /// <summary>Long enough to start, to join the cluster and to take on work.</summary>
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(10);

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
        for (var shortLives = 0; ;)
        {
            var process = _process;
            var started = TimeProvider.System.GetTimestamp();
            var reason = await process.EndAsync(cancellation);
            shortLives = TimeProvider.System.GetElapsedTime(started) < ShortLife ? shortLives + 1 : 0;
            if (shortLives == MaximumShortLives || !TryReplace(process, reason))
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
