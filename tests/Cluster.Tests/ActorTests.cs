using Akka.TestKit;
using Akka.TestKit.Xunit;

namespace Stillhouse.Cluster.Tests;

/// <summary>Actors without a cluster around them. That their messages can travel is shown by the runs of real processes.</summary>
public abstract class ActorTests() : TestKit("""
    akka.loglevel = WARNING
    akka.test.single-expect-default = 20s
    """)
{
    /// <summary>What has arrived by now.</summary>
    protected static List<object> Drain(TestProbe probe)
    {
        var messages = new List<object>();
        while (probe.HasMessages)
        {
            messages.Add(probe.ReceiveOne(TimeSpan.Zero));
        }

        return messages;
    }
}
