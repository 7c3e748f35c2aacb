using Stillhouse.Hosting;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Cli.Running;

/// <summary>Which processes make up a cluster on this machine.</summary>
/// <param name="Targets">How many soft targets each node keeps; each has a folder of its own below the named one.</param>
/// <param name="Threads">CPU threads that each node offers.</param>
/// <param name="Port">Of the first coordinator; null for any that is free.</param>
/// <param name="Checkpoints">How often trainings save themselves; null for the default.</param>
/// <param name="Ledger">A file or a connection string; null for a file beside the artifacts.</param>
internal sealed record ClusterRequest(NodeCounts Nodes, NodeFolders Folders, TargetStoreOptions Targets, int Threads, int? Port = null, string? Ledger = null, CheckpointOptions? Checkpoints = null);
