using Akka.Actor;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Takes frames from a <see cref="FrameSource"/> with a fixed number on the way, then lets the last ones arrive and says
/// how many megabytes came per second.</summary>
internal sealed class FrameSink : ReceiveActor
{
    public FrameSink(ActorSelection source, int inFlight, Throughput throughput, TaskCompletionSource<double> result)
    {
        // Credits travel a few at a time: one for each frame would be a message for each frame.
        var batch = Math.Max(1, inFlight / 4);
        var (arriving, taken) = (inFlight, 0);
        source.Tell(inFlight);
        Receive<byte[]>(frame =>
        {
            throughput.Add(frame.Length);
            arriving--;
            if (throughput.GoesOn && ++taken == batch)
            {
                source.Tell(batch);
                (arriving, taken) = (arriving + batch, 0);
            }
            else if (arriving == 0)
            {
                result.SetResult(throughput.MegabytesPerSecond);
                Context.Stop(Self);
            }
        });
    }

    public static Props Props(ActorSelection source, int inFlight, Throughput throughput, TaskCompletionSource<double> result) =>
        Akka.Actor.Props.Create(() => new FrameSink(source, inFlight, throughput, result));
}
