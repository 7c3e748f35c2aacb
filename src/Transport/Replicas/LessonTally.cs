using Stillhouse.Messages.Reports;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>What one trial was answered by one teacher. Safe for any thread.</summary>
internal sealed class LessonTally
{
    private readonly Lock _gate = new();
    private readonly LatencyHistogram _computeTime = new();
    private LessonCount _count = LessonCount.None;

    public LessonCount Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Median of the forward passes behind the answers; null without any.</summary>
    public TimeSpan? ComputeTime
    {
        get
        {
            lock (_gate)
            {
                return _computeTime.Percentile(0.5);
            }
        }
    }

    /// <param name="received">Bytes that came over the network for this answer.</param>
    public void Add(TargetAnswer answer, long received)
    {
        var count = LessonCount.Of(answer.Origin, answer.Targets.Lesson.Samples.Count, received);
        lock (_gate)
        {
            _count += count;
            _computeTime.Add(answer.Targets.ComputeTime);
        }
    }
}

/// <summary>The part of <see cref="LessonsReport"/> that is a sum over lessons.</summary>
internal sealed record LessonCount(long Computed, long Received, HitsReport Hits)
{
    public static LessonCount None { get; } = new(0, 0, new HitsReport(0, 0, 0, 0, 0, 0, 0));

    public static LessonCount operator +(LessonCount one, LessonCount other) => new(
        one.Computed + other.Computed,
        one.Received + other.Received,
        new HitsReport(
            one.Hits.StudentMemory + other.Hits.StudentMemory,
            one.Hits.StudentFile + other.Hits.StudentFile,
            one.Hits.StudentJoined + other.Hits.StudentJoined,
            one.Hits.TeacherMemory + other.Hits.TeacherMemory,
            one.Hits.TeacherFile + other.Hits.TeacherFile,
            one.Hits.TeacherJoined + other.Hits.TeacherJoined,
            one.Hits.Computed + other.Hits.Computed));

    /// <summary>One lesson.</summary>
    public static LessonCount Of(TargetOrigin origin, int samples, long received)
    {
        var none = None.Hits;
        var hits = origin switch
        {
            TargetOrigin.Computed => none with { Computed = 1 },
            TargetOrigin.TeacherJoined => none with { TeacherJoined = 1 },
            TargetOrigin.TeacherMemory => none with { TeacherMemory = 1 },
            TargetOrigin.TeacherFile => none with { TeacherFile = 1 },
            TargetOrigin.StudentJoined => none with { StudentJoined = 1 },
            TargetOrigin.StudentMemory => none with { StudentMemory = 1 },
            TargetOrigin.StudentFile => none with { StudentFile = 1 },
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "No answer comes from there."),
        };
        return new LessonCount(origin == TargetOrigin.Computed ? samples : 0, received, hits);
    }
}
