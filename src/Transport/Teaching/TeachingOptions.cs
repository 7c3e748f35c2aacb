using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Transport.Teaching;

/// <summary>What a teacher node puts up with from students. They learn the limits on messages from its Welcome.</summary>
public sealed class TeachingOptions
{
    /// <summary>Streams that one teacher has at once; a student beyond them is told to come back later.</summary>
    [Range(1, 65_536)]
    public int MaximumStreams { get; set; } = 256;

    /// <summary>Lessons that one stream may have open at once. Their answers may wait in memory, whatever the store's budget.</summary>
    [Range(1, 65_536)]
    public int MaximumOpenLessons { get; set; } = 256;

    /// <summary>Lessons per second that one stream is heard; a student that asks faster is heard later.</summary>
    [Range(1, 10_000_000)]
    public int LessonsPerSecond { get; set; } = 100_000;

    /// <summary>Bytes of one student message; shipped inputs are nearly all of it.</summary>
    [Range(1_024, 1 << 30)]
    public int MaximumRequestBytes { get; set; } = 16 << 20;

    /// <summary>Bytes of one answer.</summary>
    [Range(1_024, int.MaxValue)]
    public int MaximumAnswerBytes { get; set; } = 1 << 30;

    /// <summary>Bytes that one stream may have on the way; a student that offers more credit gets this.</summary>
    [Range(1_024L, 1L << 40)]
    public long MaximumCreditBytes { get; set; } = 64 << 20;

    /// <summary>Bytes of one chunk of an answer; a student that takes longer ones gets these.</summary>
    [Range(1_024, 16 << 20)]
    public int MaximumFrameBytes { get; set; } = 1 << 20;

    /// <summary>How long a new stream may keep silent before its Hello.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
