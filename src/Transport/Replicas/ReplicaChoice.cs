namespace Stillhouse.Transport.Replicas;

/// <summary>What one replica has to do at one moment.</summary>
/// <param name="OpenLessons">Lessons that it was asked and has not answered.</param>
/// <param name="OpenBytes">What their answers weigh.</param>
/// <param name="Answers">How often it has answered since its line was opened.</param>
/// <param name="Service">How fast it is.</param>
internal readonly record struct ReplicaLoad(int OpenLessons, long OpenBytes, long Answers, ServiceTime Service);

/// <summary>Which replica is asked next.</summary>
internal static class ReplicaChoice
{
    /// <summary>Enough to measure a replica that nothing is known of, and not enough to strand much of the work on it.</summary>
    public const int FirstLessons = 2;

    /// <summary>
    /// The replica that is expected to answer first, or -1 if none has room. One that nothing is known of is tried before
    /// all others. Among equals the least loaded, then the first.
    /// </summary>
    /// <param name="bytes">What the answer will weigh.</param>
    public static int Choose(ReadOnlySpan<ReplicaLoad> replicas, long bytes, ReplicaOptions options)
    {
        var chosen = -1;
        for (var i = 0; i < replicas.Length; i++)
        {
            if (HasRoom(replicas[i], bytes, options)
                && (chosen < 0 || Rank(replicas[i], bytes).CompareTo(Rank(replicas[chosen], bytes)) < 0))
            {
                chosen = i;
            }
        }

        return chosen;
    }

    /// <summary>
    /// An idle replica always has room. Others have it up to the number of open lessons that is allowed, which every answer
    /// raises by one, as in TCP's slow start (RFC 5681): of replicas that all begin now, the first to answer must not get
    /// what the others are about to have room for. And half of the deadline must be enough for all of them: a lesson that
    /// only waits for its turn must not look unanswered.
    /// </summary>
    public static bool HasRoom(ReplicaLoad replica, long bytes, ReplicaOptions options) =>
        replica.OpenLessons == 0
        || (replica.OpenLessons < Math.Min(FirstLessons + replica.Answers, options.OpenLessons)
            && !(replica.Service.Expected(replica.OpenBytes + bytes) > options.LessonDeadline / 2));

    private static (TimeSpan Expected, long OpenBytes) Rank(ReplicaLoad replica, long bytes) =>
        (replica.Service.Expected(replica.OpenBytes + bytes) ?? TimeSpan.MinValue, replica.OpenBytes);
}
