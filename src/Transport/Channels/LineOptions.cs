using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Transport.Channels;

/// <summary>How long a student node waits for a replica's welcome, and how much it takes from it at once.</summary>
public sealed class LineOptions
{
    /// <summary>From dialling to the teacher's welcome.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Bytes of answers that one line may have on the way; a teacher may allow less. The default fills 10 Gbit/s over 0.8 ms
    /// of round trip. More makes no near line faster, and lets control messages of both nodes wait behind what is queued:
    /// raise it for far ones.
    /// </summary>
    [Range(1L, 1L << 40)]
    public long CreditBytes { get; set; } = 1 << 20;

    /// <summary>Bytes of the longest chunk that an answer may come in; a teacher may send shorter ones.</summary>
    [Range(1, 16 << 20)]
    public int FrameBytes { get; set; } = 128 << 10;

    /// <summary>Bytes of one answer.</summary>
    [Range(1_024, int.MaxValue)]
    public int MaximumAnswerBytes { get; set; } = 1 << 30;
}
