namespace Stillhouse.Transport.Replicas;

/// <summary>When a line that could not be opened, or broke, is opened again.</summary>
internal static class Reconnection
{
    /// <summary>The pause after so many failures without an answer in between: doubled with each, up to the longest.</summary>
    /// <param name="failures">At least 1.</param>
    public static TimeSpan Delay(int failures, ReplicaOptions options)
    {
        var delay = options.FirstRetry;
        for (var failure = 1; failure < failures && delay < options.LongestRetry; failure++)
        {
            delay *= 2;
        }

        return delay < options.LongestRetry ? delay : options.LongestRetry;
    }
}
