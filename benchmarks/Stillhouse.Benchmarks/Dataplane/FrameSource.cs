using Akka.Actor;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Sends as many frames of one size as it is asked for, as byte arrays.</summary>
internal sealed class FrameSource : ReceiveActor
{
    public FrameSource(int frameBytes)
    {
        var frame = new byte[frameBytes];
        Receive<int>(frames =>
        {
            for (var sent = 0; sent < frames; sent++)
            {
                Sender.Tell(frame);
            }
        });
    }

    /// <summary>Its name below <c>/user</c>.</summary>
    public static string NameFor(FrameSize size) => $"frames-{size.Bytes}";

    public static Props Props(FrameSize size) => Akka.Actor.Props.Create(() => new FrameSource(size.Bytes));
}
