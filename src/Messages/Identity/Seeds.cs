using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stillhouse.Messages.Identity;

/// <summary>Derives independent seeds from one, so that no two uses of randomness in a run share a stream.</summary>
public static class Seeds
{
    /// <summary>A seed in 0..2^63-1 that depends on nothing but <paramref name="seed"/> and <paramref name="purpose"/>.</summary>
    public static long Derive(long seed, string purpose)
    {
        var text = Encoding.UTF8.GetBytes($"{seed}:{purpose}");
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(text)) & long.MaxValue;
    }
}
