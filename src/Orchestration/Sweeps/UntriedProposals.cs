using System.Numerics;
using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>What samplers that draw have in common: where points can be counted, none is tried twice.</summary>
internal static class UntriedProposals
{
    /// <summary>Draws that may hit what has been tried; then it is likely that most of the space has been.</summary>
    private const int Draws = 16;

    /// <summary>
    /// The first untried draw of the next trial's own stream, else the first untried point after a random one; null after
    /// <paramref name="trials"/> trials, or when every point has been tried.
    /// </summary>
    public static Assignment? ProposeUntried(
        this SearchSpace space, SweepHistory history, long seed, int trials, Func<SplitMix64, Assignment> draw)
    {
        if (space.Untried(history, trials) <= 0)
        {
            return null;
        }

        var random = new SplitMix64(seed);
        random.Restart(seed, history.Trials.Count);
        var drawn = Enumerable.Range(0, Draws).Select(_ => draw(random)).FirstOrDefault(assignment => !history.HasTried(assignment));
        return drawn ?? (space.Size is { } size && size <= long.MaxValue ? NextUntried(space, (long)size, history, random) : draw(random));
    }

    /// <summary>How many trials are left of so many, in a space that may have fewer points.</summary>
    public static BigInteger Untried(this SearchSpace space, SweepHistory history, int trials)
    {
        BigInteger left = trials - history.Trials.Count;
        return space.Size is { } size ? BigInteger.Min(left, size - history.Tried) : left;
    }

    private static Assignment NextUntried(SearchSpace space, long size, SweepHistory history, SplitMix64 random)
    {
        var position = (long)(random.Next() % (ulong)size);
        while (history.HasTried(space.At(position)))
        {
            position = (position + 1) % size;
        }

        return space.At(position);
    }
}
