using Akka.Actor;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Measurements by actors of this process against actors of the other one.</summary>
internal static class AkkaSide
{
    /// <param name="source">The other system's address.</param>
    /// <returns>Megabytes of frames per second.</returns>
    public static Task<double> DrainAsync(ActorSystem system, string source, FrameSize size, Throughput throughput)
    {
        var result = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        var frames = system.ActorSelection($"{source}/user/{FrameSource.NameFor(size)}");
        system.ActorOf(FrameSink.Props(frames, Flow.FramesInFlight(size.Bytes), throughput, result));
        return result.Task;
    }

    /// <param name="peer">The other system's address.</param>
    /// <returns>The round trip of every ping, in milliseconds.</returns>
    public static Task<IReadOnlyList<double>> PingAsync(ActorSystem system, string peer, int pings, TimeProvider time)
    {
        var result = new TaskCompletionSource<IReadOnlyList<double>>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(PingMeter.Props(system.ActorSelection($"{peer}/user/{Echo.Name}"), pings, time, result));
        return result.Task;
    }
}
