using Akka.Actor;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>
/// Pings the other process over the control plane at a fixed pace, whether answers come or not, so that a stall shows in
/// all the pings that fall into it.
/// </summary>
internal sealed class PingMeter : ReceiveActor
{
    /// <summary>One tick of Akka's scheduler, which knows no shorter time.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    public PingMeter(ActorSelection echo, int pings, TimeProvider time, TaskCompletionSource<IReadOnlyList<double>> result)
    {
        var milliseconds = new List<double>(pings);
        var timer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, Pace, Self, Tick.Instance, Self);
        var left = pings;
        Receive<Tick>(_ =>
        {
            if (left-- > 0)
            {
                echo.Tell(time.GetTimestamp());
            }
        });
        Receive<long>(sent =>
        {
            milliseconds.Add(time.GetElapsedTime(sent).TotalMilliseconds);
            if (milliseconds.Count == pings)
            {
                timer.Cancel();
                result.SetResult(milliseconds);
                Context.Stop(Self);
            }
        });
    }

    /// <param name="result">The round trip of every ping, in milliseconds.</param>
    public static Props Props(ActorSelection echo, int pings, TimeProvider time, TaskCompletionSource<IReadOnlyList<double>> result) =>
        Akka.Actor.Props.Create(() => new PingMeter(echo, pings, time, result));

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
