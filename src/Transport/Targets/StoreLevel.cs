namespace Stillhouse.Transport.Targets;

/// <summary>Where a store finds a block.</summary>
internal enum StoreLevel
{
    /// <summary>In memory, a write to disk under way included.</summary>
    Memory,

    /// <summary>In a file.</summary>
    File,

    /// <summary>Not there yet, but somebody is fetching it.</summary>
    Joined,
}
