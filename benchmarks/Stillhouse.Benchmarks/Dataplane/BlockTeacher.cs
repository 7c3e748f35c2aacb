using Stillhouse.Benchmarks.Teaching;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>A teacher whose answers weigh as much as a frame. It takes no time, and after the first round it is not asked.</summary>
internal sealed class BlockTeacher(FrameSize size) : ILessonServer
{
    private readonly float[] _logits = new float[size.Samples * size.Classes];

    public Digest Teacher { get; } = TeacherOf(size);

    public Digest? Dataset => Data;

    public int Classes => size.Classes;

    public IReadOnlyList<FeatureShape> Features => [];

    public int InputSize => 1;

    /// <summary>What all of them answer about.</summary>
    public static Digest Data { get; } = Digest.Of("dataplane"u8);

    public static Digest TeacherOf(FrameSize size) => Digest.Of(BitConverter.GetBytes(size.Bytes));

    public Task<SoftTargets> AnswerAsync(
        Lesson lesson, IReadOnlyList<string> features, ReadOnlyMemory<byte> inputs, CancellationToken cancellation) =>
        Task.FromResult(new SoftTargets(lesson, new MemoryLogits(_logits, size.Classes), TimeSpan.Zero));
}
