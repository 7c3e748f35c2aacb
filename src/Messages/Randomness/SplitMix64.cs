namespace Stillhouse.Messages.Randomness;

/// <summary>
/// A stream of random numbers that is the same on every machine and in every version of .NET (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014). Not thread-safe; give each piece of work its own stream,
/// seeded through <see cref="Identity.Seeds"/>.
/// </summary>
public sealed class SplitMix64(long seed)
{
    private const ulong GoldenGamma = 0x9e37_79b9_7f4a_7c15;

    private ulong _state = unchecked((ulong)seed);

    /// <summary>
    /// Goes on as the stream of one item out of many, whatever was drawn before: for loops that must not allocate per item.
    /// </summary>
    public void Restart(long seed, long item)
    {
        // Mixed first: streams whose seeds are next to each other would else be shifted copies of one.
        _state = unchecked((ulong)seed + ((ulong)item * GoldenGamma));
        _state = Next();
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            return Mix(_state += GoldenGamma);
        }
    }

    /// <summary>The generator's output function: every bit of the result depends on every bit of the argument.</summary>
    public static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9;
            z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
            return z ^ (z >> 31);
        }
    }

    /// <summary>64 random bits for each pair of numbers, without a stream: <c>Mix(Mix(seed + γ·first) + γ·second)</c>.</summary>
    public static ulong At(long seed, long first, long second)
    {
        unchecked
        {
            return Mix(Mix((ulong)seed + (GoldenGamma * (ulong)first)) + (GoldenGamma * (ulong)second));
        }
    }

    /// <summary>A whole number from 0 to <paramref name="bound"/> - 1, each as likely as the other (Lemire, 1805.10941).</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (uint)bound;
        var product = (Next() >> 32) * range;
        if ((uint)product < range)
        {
            var threshold = unchecked(0u - range) % range;
            while ((uint)product < threshold)
            {
                product = (Next() >> 32) * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A number in [0, 1), a multiple of 2^-24.</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>A number in [0, 1), a multiple of 2^-53.</summary>
    public double UnitDouble() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float Between(float low, float high) => low + ((high - low) * Unit());
}
