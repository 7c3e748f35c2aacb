namespace Stillhouse.Cli.Running;

/// <summary>A node that a run can do without for a while: when its process dies, another takes its place.</summary>
internal sealed class SupervisedNode : IAsyncDisposable
{
    /// <summary>A node that does not stay alive is not worth starting again and again.</summary>
    private const int MaximumStarts = 4;

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
        for (var starts = 1; ; starts++)
        {
            var process = _process;
            var reason = await process.EndAsync(cancellation);
            if (starts == MaximumStarts || !TryReplace(process, reason))
            {
                return reason;
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
