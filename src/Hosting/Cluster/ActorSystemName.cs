namespace Stillhouse.Hosting.Cluster;

/// <summary>The name that every node's actor system bears; members of one cluster must agree on it.</summary>
public static class ActorSystemName
{
    public const string Value = "stillhouse";

    /// <summary>The Akka address of a seed written <c>host:port</c>.</summary>
    public static string AddressOf(string hostAndPort) => $"akka.tcp://{Value}@{hostAndPort}";
}
