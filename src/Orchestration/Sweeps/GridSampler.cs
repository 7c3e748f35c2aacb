using System.Numerics;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>Every point of a space that can be counted, in order; the seed does not matter.</summary>
public sealed class GridSampler(SearchSpace space) : ISampler
{
    public Assignment? Propose(SweepHistory history, long seed) =>
        Left(history) > 0 ? space.At(history.Trials.Count) : null;

    public BigInteger Left(SweepHistory history) => (space.Size ?? 0) - history.Trials.Count;
}
