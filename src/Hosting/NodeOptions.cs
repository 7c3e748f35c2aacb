using Stillhouse.Messages.Nodes;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Hosting;

/// <summary>How one node starts.</summary>
public sealed record NodeOptions
{
    /// <summary>What people call the node: in views, reports and logs. Unique in the cluster.</summary>
    public required string Name { get; init; }

    /// <summary>Names from <see cref="NodeRole"/>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The name or address under which other nodes reach this one.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The control plane's TCP port; 0 takes any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The coordinators' <c>host:port</c>, in the same order on every node; none makes the node a cluster of its own.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>
    /// Members that are there already, as <c>host:port</c>: a coordinator that is started again joins them, and never forms a cluster of
    /// its own beside theirs.
    /// </summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>Whether the node belongs to a command that is a member as well and starts its nodes again: whoever cannot reach it gives up.</summary>
    public bool IsAttached { get; init; }

    /// <summary>How many coordinators the cluster is meant to have.</summary>
    public int Coordinators { get; init; } = 1;

    /// <summary>The artifact store's folder, which all nodes share.</summary>
    public required string ArtifactFolder { get; init; }

    /// <summary>Where a coordinator keeps its ledger: a file, or a connection string; null for a file beside the artifacts.</summary>
    public string? Ledger { get; init; }

    /// <summary>CPU threads that the node offers to trials and teachers.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How often trainings save themselves.</summary>
    public CheckpointOptions Checkpoints { get; init; } = CheckpointOptions.Default;

    /// <summary>How many soft targets the node keeps, and where.</summary>
    public TargetStoreOptions Targets { get; init; } = new();

    /// <summary>Whether teachers answer over gRPC, or hand tensors to students of the same process.</summary>
    public bool TeachesOverGrpc { get; init; } = true;

    public bool Has(string role) => Roles.Contains(role);
}
