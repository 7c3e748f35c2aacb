namespace Stillhouse.Messages.Nodes;

/// <summary>Between worker nodes and the coordinator.</summary>
public static class NodeProtocol
{
    /// <summary>
    /// Node to coordinator, again and again: this node takes work for this role. Work is sent to the sender, whose
    /// termination means that the node is lost.
    /// </summary>
    /// <param name="Threads">CPU threads that the node offers.</param>
    [WireName("node.register/2")]
    public sealed record RegisterNode(string Node, string Role, int Threads) : IProtocolMessage;
}
