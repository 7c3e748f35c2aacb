namespace Stillhouse.Coordinator.Ledger;

/// <summary>
/// When a summary of a ledger is written. The longer the ledger, the rarer: all summaries together stay within a constant
/// times the ledger's length, and a recovery replays at most as many facts again as the summary stands for.
/// </summary>
public static class SnapshotCadence
{
    private const long Least = 200;

    /// <param name="last">The number of the fact that the last summary ends with; 0 where there is none.</param>
    /// <param name="now">The number of the last fact.</param>
    public static bool IsDue(long last, long now) => now - last >= Math.Max(Least, last);
}
