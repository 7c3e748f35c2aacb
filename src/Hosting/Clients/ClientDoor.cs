using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Tools.Client;
using Akka.Hosting;
using Stillhouse.Hosting.Cluster;
using Stillhouse.Messages;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Hosting.Clients;

/// <summary>
/// Where clients come in that are no members of the cluster: what they send is passed on to the coordinator, wherever it is.
/// A client that dies leaves nothing behind that other members would have to agree on.
/// </summary>
public sealed class ClientDoor : ReceiveActor
{
    /// <summary>Where the door is on every coordinator node.</summary>
    public const string Path = "/user/" + Name;

    internal const string Name = "clients";

    public ClientDoor(IActorRef coordinator) => Receive<IProtocolMessage>(coordinator.Forward);

    public static Props Props(IActorRef coordinator) => Akka.Actor.Props.Create(() => new ClientDoor(coordinator));

    /// <summary>The receptionist's address on a node, for a client's first contact.</summary>
    public static ActorPath ReceptionistAt(string hostAndPort) =>
        ActorPath.Parse($"{ActorSystemName.AddressOf(hostAndPort)}/system/receptionist");
}

public static class ClientDoors
{
    /// <summary>Lets clients in; expects the coordinator, or the way to it, in the registry.</summary>
    public static AkkaConfigurationBuilder WithClientDoor(this AkkaConfigurationBuilder akka) =>
        akka
            .WithClusterClientReceptionist(role: NodeRole.Coordinator)
            .AddStartup((system, registry) =>
            {
                var door = system.ActorOf(ClientDoor.Props(registry.Get<CoordinatorKey>()), ClientDoor.Name);
                ClusterClientReceptionist.Get(system).RegisterService(door);
            });
}
