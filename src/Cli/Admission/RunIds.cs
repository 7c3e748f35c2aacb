using System.Globalization;
using System.Security.Cryptography;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Cli.Admission;

/// <summary>Names new runs.</summary>
internal static class RunIds
{
    private const int RandomDigits = 4;

    /// <summary>Name, seed, UTC time and a random part, for example <c>mnist-1-20261124-101500-7f3a</c>.</summary>
    public static RunId New(string name, long seed, TimeProvider clock)
    {
        var time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return new RunId($"{name}-{seed}-{time}-{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}");
    }
}
