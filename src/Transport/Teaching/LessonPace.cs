using System.Threading.RateLimiting;

namespace Stillhouse.Transport.Teaching;

/// <summary>How fast one stream's lessons are heard.</summary>
internal static class LessonPace
{
    private const int RefillsPerSecond = 10;

    /// <summary>A bucket for the lessons of one second, from which the stream's one listener takes.</summary>
    public static RateLimiter Of(int lessonsPerSecond)
    {
        var refill = Math.Max(1, lessonsPerSecond / RefillsPerSecond);
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = lessonsPerSecond,
            TokensPerPeriod = refill,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)refill / lessonsPerSecond),
            QueueLimit = 1,
        });
    }
}
