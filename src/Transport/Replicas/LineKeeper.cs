using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Channels;

namespace Stillhouse.Transport.Replicas;

/// <summary>Keeps a line to one replica open while the replica belongs to the set: opens it again whenever it breaks.</summary>
internal sealed class LineKeeper(
    Replica replica, ILineOpener opener, LineAgreement agreement, Roster roster, ReplicaOptions options, TimeProvider time)
    : IAsyncDisposable
{
    private Task _keeping = Task.CompletedTask;
    private CancellationTokenSource _stop = new();

    public Replica Replica => replica;

    public bool IsOpen { get; private set; }

    /// <summary>Begins to open at once, or when the line before has been closed: there is never more than one.</summary>
    public void Open()
    {
        IsOpen = true;
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        roster.Join(replica);
        _keeping = KeepAsync(_keeping, _stop.Token);
    }

    /// <summary>Begins to close; open lessons are asked elsewhere.</summary>
    public void Close()
    {
        IsOpen = false;
        roster.Dismiss(replica);
        _stop.Cancel();
    }

    /// <summary>Ends when the line has been closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsOpen)
        {
            Close();
        }

        await _keeping.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task KeepAsync(Task before, CancellationToken stop)
    {
        await before.ConfigureAwait(false);
        var failures = 0;
        while (!stop.IsCancellationRequested && !roster.IsQuarantined(replica))
        {
            try
            {
                var wasOfUse = await OpenAndUseAsync(stop).ConfigureAwait(false);
                failures = wasOfUse ? 1 : failures + 1;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is LessonRefusedException or ArgumentException)
            {
                roster.Refused(replica, e.Message);
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, lessons must not hang on a replica that nobody tries to reach any more.
                roster.Unreachable(replica, e.Message);
                failures++;
            }

            await Task.Delay(Reconnection.Delay(failures, options), time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>True if the line answered before it broke.</summary>
    private async Task<bool> OpenAndUseAsync(CancellationToken stop)
    {
        var line = await opener.OpenAsync(replica.Endpoint, agreement, stop).ConfigureAwait(false);
        await using (line.ConfigureAwait(false))
        {
            using var lost = new CancellationTokenSource();
            var live = new LiveLine(line, lost.Token);
            using var ended = line.Ended.UnsafeRegister(
                _ => live.Break($"the line to {replica.Endpoint.Address.OriginalString} ended"), null);
            using var stopped = stop.UnsafeRegister(_ => live.Break("it is not to be asked any more"), null);
            roster.Opened(replica, live);
            var reason = await live.Broken.ConfigureAwait(false);
            if (!stop.IsCancellationRequested && !roster.IsQuarantined(replica))
            {
                roster.Unreachable(replica, reason);
            }

            await lost.CancelAsync().ConfigureAwait(false);
            return live.HasAnswered;
        }
    }
}
