using Akka.TestKit.Xunit;

namespace Stillhouse.Cluster.Tests;

/// <summary>Actors without a cluster around them. That their messages can travel is shown by the runs of real processes.</summary>
public abstract class ActorTests() : TestKit("""
    akka.loglevel = WARNING
    akka.test.single-expect-default = 20s
    """);
