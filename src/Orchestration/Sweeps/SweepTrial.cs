using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>Where a trial of a sweep stands.</summary>
public enum SweepTrialState
{
    /// <summary>Proposed, and not ended yet.</summary>
    Running,
    Finished,

    /// <summary>Stopped by the pruner.</summary>
    Pruned,
    Failed,
}

/// <summary>One trial of a sweep as samplers see it.</summary>
/// <param name="Number">From 0, in the order of proposals.</param>
public sealed record SweepTrial(int Number, Assignment Assignment)
{
    public SweepTrialState State { get; init; }

    /// <summary>In the order of the sweep's objectives; of a pruned trial the first one alone, as last reported; else empty.</summary>
    public IReadOnlyList<double> Objectives { get; init; } = [];

    /// <summary>After how many epochs the pruner stopped it; 0 for other trials.</summary>
    public int Epochs { get; init; }
}
