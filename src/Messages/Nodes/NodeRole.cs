namespace Stillhouse.Messages.Nodes;

/// <summary>What a cluster member is there for. Members carry these names as Akka.Cluster roles.</summary>
public static class NodeRole
{
    public const string Coordinator = "coordinator";
    public const string Teacher = "teacher";
    public const string Student = "student";

    /// <summary>Submits and watches runs; hosts none of their work.</summary>
    public const string Client = "client";
}
