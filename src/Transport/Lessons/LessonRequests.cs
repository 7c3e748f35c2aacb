using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Split = Stillhouse.Messages.Lessons.Split;
using WireSplit = Stillhouse.Transport.Lessons.V1.Split;

namespace Stillhouse.Transport.Lessons;

/// <summary>Lessons to and from the wire.</summary>
internal static class LessonRequests
{
    public static LessonRequest ToRequest(this Lesson lesson)
    {
        var request = new LessonRequest
        {
            Number = lesson.Number,
            Split = lesson.Split switch
            {
                Split.Train => WireSplit.Train,
                Split.Validation => WireSplit.Validation,
                Split.Test => WireSplit.Test,
                _ => throw new ArgumentOutOfRangeException(nameof(lesson), lesson.Split, "Not a split."),
            },
        };
        request.SampleIds.AddRange(lesson.SampleIds);
        return request;
    }

    /// <exception cref="LessonRefusedException">There is no such split, or no sample.</exception>
    public static Lesson ToLesson(this LessonRequest request) =>
        new(
            request.Number,
            request.Split switch
            {
                WireSplit.Train => Split.Train,
                WireSplit.Validation => Split.Validation,
                WireSplit.Test => Split.Test,
                _ => throw new LessonRefusedException($"split {(int)request.Split} is not known; the splits are 1 to 3"),
            },
            request.SampleIds.Count > 0
                ? request.SampleIds
                : throw new LessonRefusedException("it names no sample; a lesson has at least one"));
}
