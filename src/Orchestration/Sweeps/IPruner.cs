namespace Stillhouse.Orchestration.Sweeps;

/// <summary>
/// Stops weak trials early. A pure function of the board: the same reports in the same order yield the same decisions.
/// </summary>
public interface IPruner
{
    /// <summary>Where a trial is compared after so many epochs; null where it simply goes on.</summary>
    Rung? RungAt(int trial, int epoch);

    /// <summary>Whether a trial ends after its newest report, which is on the board.</summary>
    bool Stops(RungBoard board, int trial);
}

/// <summary>Every trial trains all its epochs.</summary>
public sealed class NonePruner : IPruner
{
    public Rung? RungAt(int trial, int epoch) => null;

    public bool Stops(RungBoard board, int trial) => false;
}
