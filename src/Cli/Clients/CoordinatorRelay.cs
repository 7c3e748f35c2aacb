using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Stillhouse.Hosting.Clients;
using Stillhouse.Messages;

namespace Stillhouse.Cli.Clients;

/// <summary>Sends what it is told to the cluster's door, in the name of whoever told it.</summary>
internal sealed class CoordinatorRelay : ReceiveActor
{
    public CoordinatorRelay(IActorRef client) =>
        Receive<IProtocolMessage>(message => client.Tell(new ClusterClient.Send(ClientDoor.Path, message, localAffinity: true), Sender));

    public static Props Props(IActorRef client) => Akka.Actor.Props.Create(() => new CoordinatorRelay(client));
}
