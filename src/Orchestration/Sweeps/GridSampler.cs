using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>Every point of a space that can be counted, in order; the seed does not matter.</summary>
public sealed class GridSampler(SearchSpace space) : ISampler
{
    public Assignment? Propose(SweepHistory history, long seed) =>
        history.Trials.Count < space.Size ? space.At(history.Trials.Count) : null;
}
