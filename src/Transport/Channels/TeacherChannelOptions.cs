using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Transport.Channels;

/// <summary>How long a student waits for a teacher, and how much it takes from it at once.</summary>
public sealed class TeacherChannelOptions
{
    /// <summary>From dialling to the teacher's welcome.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From sending a lesson to its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan LessonTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of one answer; a logit has 4, a sample id up to 5.</summary>
    [Range(1_024, 1 << 30)]
    public int MaximumAnswerBytes { get; set; } = 64 << 20;
}
