using System.Numerics;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>Draws every trial from the prior (Bergstra and Bengio, JMLR 13, 2012).</summary>
public sealed class RandomSampler(SearchSpace space, int trials) : ISampler
{
    public Assignment? Propose(SweepHistory history, long seed) => space.ProposeUntried(history, seed, trials, space.Draw);

    public BigInteger Left(SweepHistory history) => space.Untried(history, trials);
}
