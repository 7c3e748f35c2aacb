using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Transport.Teaching;

/// <summary>What a teacher puts up with from one student.</summary>
public sealed class TeachingOptions
{
    /// <summary>Lessons that one stream may have open at once; a student that asks for more credits gets this many.</summary>
    [Range(1, 65_536)]
    public int MaximumOpenLessons { get; set; } = 1_024;

    /// <summary>Bytes of one student message; a sample id takes up to 5.</summary>
    [Range(1_024, 1 << 30)]
    public int MaximumRequestBytes { get; set; } = 8 << 20;

    /// <summary>How long a new stream may keep silent before its Hello.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
