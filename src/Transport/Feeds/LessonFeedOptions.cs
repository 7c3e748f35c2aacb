using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Transport.Feeds;

/// <summary>How far ahead a trial asks its teachers. Results do not depend on it.</summary>
public sealed class LessonFeedOptions
{
    /// <summary>Bytes of soft targets asked for or held for the batches to come; never less than those of one batch.</summary>
    [Range(1L, long.MaxValue)]
    public long BytesAhead { get; set; } = 64 << 20;
}
