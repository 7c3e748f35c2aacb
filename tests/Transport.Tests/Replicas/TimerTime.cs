using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Stillhouse.Transport.Tests.Replicas;

/// <summary>A clock that the test sets, and that tells when somebody begins to wait for it.</summary>
internal sealed class TimerTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Returns once somebody has begun to wait for so long.</summary>
    public async Task AwaitTimerAsync(TimeSpan dueTime)
    {
        while (await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken).OrFail() != dueTime)
        {
        }
    }
}
