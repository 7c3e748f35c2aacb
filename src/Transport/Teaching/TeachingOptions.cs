using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Transport.Teaching;

/// <summary>What a teacher node puts up with from students. They learn the limits on messages from its Welcome.</summary>
public sealed class TeachingOptions
{
    /// <summary>TCP connections to the node; those beyond them are closed at once. A student node needs one per teacher.</summary>
    [Range(1, 1_000_000)]
    public int MaximumConnections { get; set; } = 4_096;

    /// <summary>Streams that one teacher has at once; a student beyond them is told to come back later.</summary>
    [Range(1, 65_536)]
    public int MaximumStreams { get; set; } = 256;

    /// <summary>Lessons that one stream may have open at once; fewer where inputs are shipped and <see cref="OpenBytes"/> hold fewer.</summary>
    [Range(1, 65_536)]
    public int MaximumOpenLessons { get; set; } = 256;

    /// <summary>
    /// Bytes of answers that may wait for one stream's credit, whatever the store's budget; what is asked beyond them is
    /// computed later. Shipped inputs of its open lessons have as many again.
    /// </summary>
    [Range(1_024L, 1L << 40)]
    public long OpenBytes { get; set; } = 128 << 20;

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
