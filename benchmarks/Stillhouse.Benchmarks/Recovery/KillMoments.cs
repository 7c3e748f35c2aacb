using Stillhouse.Messages.Randomness;

namespace Stillhouse.Benchmarks.Recovery;

/// <summary>Who is killed next, and after how long: the same for the same seed.</summary>
internal sealed class KillMoments(int seed, IReadOnlyList<string> nodes)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(15);

    private readonly SplitMix64 _random = new(seed);

    public (string Node, TimeSpan After) Next() => (nodes[_random.Below(nodes.Count)], Shortest + (Spread * _random.Unit()));
}
