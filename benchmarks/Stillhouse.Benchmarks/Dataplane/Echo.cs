using Akka.Actor;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Sends back what it gets, like a node that answers a control message at once.</summary>
internal sealed class Echo : ReceiveActor
{
    /// <summary>Its name below <c>/user</c>.</summary>
    public const string Name = "echo";

    public Echo() => ReceiveAny(message => Sender.Tell(message));
}
