using System.Numerics;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>
/// Proposes what a sweep tries next. Stateless: the same history and seed yield the same proposal, so a coordinator that
/// recovers goes on as if nothing had happened.
/// </summary>
public interface ISampler
{
    /// <summary>The assignment of the next trial, or null where there is nothing left to try.</summary>
    /// <param name="seed">The same for the whole sweep.</param>
    Assignment? Propose(SweepHistory history, long seed);

    /// <summary>How many more trials there can be; none where nothing is left to try.</summary>
    BigInteger Left(SweepHistory history);
}
