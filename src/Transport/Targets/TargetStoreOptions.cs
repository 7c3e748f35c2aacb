using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Transport.Targets;

/// <summary>How much a node keeps of what teachers answered. Results do not depend on it, only how often teachers compute.</summary>
public sealed class TargetStoreOptions
{
    /// <summary>Bytes kept in memory; 0 keeps nothing.</summary>
    [Range(0, long.MaxValue)]
    public long MemoryBytes { get; set; } = 256L << 20;

    /// <summary>Where answers go that memory has no room for, and where they outlive the process; null for nowhere.</summary>
    public string? Folder { get; set; }

    /// <summary>Bytes kept in <see cref="Folder"/>; 0 keeps nothing.</summary>
    [Range(0, long.MaxValue)]
    public long FileBytes { get; set; } = 4L << 30;

    /// <summary>
    /// Bytes that may wait to be written to <see cref="Folder"/>, besides <see cref="MemoryBytes"/>. What comes when they are
    /// used up is not kept.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long UnwrittenBytes { get; set; } = 64L << 20;

    /// <summary>The same budgets in a folder of one's own: no two stores may share one.</summary>
    public TargetStoreOptions Of(string owner)
    {
        var own = new TargetStoreOptions();
        CopyTo(own);
        own.Folder = Folder is null ? null : Path.Combine(Folder, owner);
        return own;
    }

    public void CopyTo(TargetStoreOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (other.MemoryBytes, other.Folder, other.FileBytes, other.UnwrittenBytes) = (MemoryBytes, Folder, FileBytes, UnwrittenBytes);
    }
}
