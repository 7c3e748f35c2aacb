namespace Stillhouse.Messages.Nodes;

/// <summary>Between worker nodes and the coordinator.</summary>
public static class NodeProtocol
{
    /// <summary>
    /// Node to coordinator, again and again: this node takes work for this role. Work is sent to the sender, whose
    /// termination means that the node is lost.
    /// </summary>
    [WireName("node.register/1")]
    public sealed record RegisterNode(string Node, string Role) : IProtocolMessage;
}
