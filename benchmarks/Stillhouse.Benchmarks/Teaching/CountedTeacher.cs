using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>Counts the forward passes of a teacher where they happen, whatever reports say.</summary>
internal sealed class CountedTeacher(ILessonServer teacher) : ILessonServer
{
    private long _forwards;

    public Digest Teacher => teacher.Teacher;

    public Digest? Dataset => teacher.Dataset;

    public int Classes => teacher.Classes;

    public IReadOnlyList<FeatureShape> Features => teacher.Features;

    public int InputSize => teacher.InputSize;

    /// <summary>Samples that it was made to compute.</summary>
    public long Forwards => Interlocked.Read(ref _forwards);

    public Task<SoftTargets> AnswerAsync(
        Lesson lesson, IReadOnlyList<string> features, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        Interlocked.Add(ref _forwards, lesson.Samples.Count);
        return teacher.AnswerAsync(lesson, features, inputs, cancellation);
    }
}
