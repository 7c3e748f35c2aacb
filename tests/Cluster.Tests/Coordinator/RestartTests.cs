using Akka.Actor;
using Akka.TestKit;
using Stillhouse.Coordinator;
using Stillhouse.Messages.Nodes;
using static Stillhouse.Messages.Nodes.NodeProtocol;

namespace Stillhouse.Cluster.Tests.Coordinator;

/// <summary>A coordinator that goes away, and the one that begins in its place over the same ledger, with one node of each role.</summary>
public abstract class RestartTests : ActorTests
{
    protected RestartTests() => (Students, Teachers) = (CreateTestProbe(), CreateTestProbe());

    protected TestProbe Students { get; }

    protected TestProbe Teachers { get; }

    protected IActorRef Begin()
    {
        var coordinator = Sys.ActorOf(CoordinatorActor.Props(TimeProvider.System, Students, "artifacts"));
        coordinator.Tell(new RegisterNode("t1", NodeRole.Teacher, Threads: 4), Teachers);
        coordinator.Tell(new RegisterNode("s1", NodeRole.Student, Threads: 4), Students);
        return coordinator;
    }

    /// <summary>What it has told the nodes is forgotten.</summary>
    protected void End(IActorRef coordinator)
    {
        Watch(coordinator);
        Sys.Stop(coordinator);
        ExpectTerminated(coordinator);
        Drain(Students);
        Drain(Teachers);
    }

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
