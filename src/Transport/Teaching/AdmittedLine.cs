using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Teaching;

/// <summary>A line as the teaching side sees it, whether its other end is in this process or not: all that a student was admitted to.</summary>
/// <param name="Store">In front of the teacher.</param>
/// <param name="Teacher">Who answers what is not in the store.</param>
/// <param name="Dataset">What sample ids refer to; where inputs are shipped, the student's word for it.</param>
/// <param name="Codec">What answers hold and how they are encoded; the teacher has all features that it names.</param>
/// <param name="ShipsInputs">Whether lessons carry their samples.</param>
internal sealed record AdmittedLine(TargetStore Store, ServedTeacher Teacher, Digest Dataset, TargetCodec Codec, bool ShipsInputs)
{
    /// <summary>Values per sample.</summary>
    public int Width { get; } = Teacher.Server.Classes + Codec.Features.Sum(name => Teacher.Server.Features.First(feature => feature.Name == name).Size);

    /// <summary>Bytes of one answer.</summary>
    public int MaximumAnswerBytes { get; init; } = Array.MaxLength;

    private ILessonServer Server => Teacher.Server;

    /// <summary>Bytes of the answer to a lesson.</summary>
    public long BytesOf(Lesson lesson) => (long)lesson.Samples.Count * Codec.RowBytes(Width);

    /// <summary>Answers from the store, or by a forward pass that everybody shares who asks the same meanwhile.</summary>
    /// <param name="inputs">Must not change any more: if this caller leaves, others may still wait for what is computed of them.</param>
    /// <exception cref="LessonRefusedException">The lesson cannot be answered.</exception>
    /// <exception cref="WrongAnswerException">The network's answer is none.</exception>
    public Task<TargetAnswer> AnswerAsync(Lesson lesson, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        RequireAnswerFits(lesson);
        RequireInputs(lesson, inputs.Length);
        var key = new TargetKey(Server.Teacher, Dataset, Codec.Name, ShipsInputs ? Digest.Of(inputs.Span) : null, lesson);
        return Store.GetAsync(key, token => ComputeAsync(lesson, inputs, token), cancellation);
    }

    private async Task<TargetAnswer> ComputeAsync(Lesson lesson, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        var targets = await Server.AnswerAsync(lesson, Codec.Features, inputs, cancellation).ConfigureAwait(false);
        var width = targets.Logits.Width;
        if (width != Width)
        {
            targets.Dispose();
            throw new WrongAnswerException(
                $"The network answered lesson {lesson} with {width} values per sample, not with {Width}.");
        }

        return new TargetAnswer(Codec.Encode(targets), TargetOrigin.Computed);
    }

    private void RequireAnswerFits(Lesson lesson)
    {
        var bytes = BytesOf(lesson);
        if (bytes > MaximumAnswerBytes)
        {
            throw new LessonRefusedException(
                $"its answer has {bytes} bytes, more than {MaximumAnswerBytes}; choose a smaller schedule.block");
        }
    }

    private void RequireInputs(Lesson lesson, int bytes)
    {
        if (ShippedInputs.Flaw(lesson, ShipsInputs, Server.InputSize, bytes) is { } flaw)
        {
            throw new LessonRefusedException(flaw);
        }
    }
}
