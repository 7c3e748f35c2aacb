using Stillhouse.Transport.Targets;

namespace Stillhouse.Cli.Running;

/// <summary>Splits what a run keeps among its nodes.</summary>
internal static class NodeTargets
{
    /// <summary>The same budgets for every node, and a folder of its own: no two processes may share one.</summary>
    public static TargetStoreOptions Of(this TargetStoreOptions options, string node) => new()
    {
        MemoryBytes = options.MemoryBytes,
        Folder = options.Folder is { } folder ? Path.Combine(folder, node) : null,
        FileBytes = options.FileBytes,
        UnwrittenBytes = options.UnwrittenBytes,
    };
}
