using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Transport.Replicas;

/// <summary>How a student node asks the replicas of its teachers.</summary>
public sealed class ReplicaOptions
{
    /// <summary>
    /// Bytes of soft targets that the node may have asked for and not yet received, all teachers together. A lesson that
    /// weighs more is asked when nothing else is.
    /// </summary>
    [Range(1L, long.MaxValue)]
    public long BytesInFlight { get; set; } = 64 << 20;

    /// <summary>Lessons that one replica is asked at once; others wait until some replica has room, or one joins.</summary>
    [Range(1, 65_536)]
    public int OpenLessons { get; set; } = 32;

    /// <summary>How long one replica may take for one lesson; then the lesson is asked elsewhere.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan LessonDeadline { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A replica is slow when it takes this many times what was to be expected; then another is asked as well.</summary>
    [Range(1.0, 1_000.0)]
    public double HedgeFactor { get; set; } = 3;

    /// <summary>A replica is never called slow before this.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan HedgeFloor { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>When a replica is called slow while nothing is known of how long lessons take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan HedgeUntried { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>From a line's breaking to the first attempt to open it again; it doubles with every failure.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between two attempts to open a line.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromSeconds(5);
}
