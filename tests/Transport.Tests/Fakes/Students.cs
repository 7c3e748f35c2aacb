using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Tests.Fakes;

internal static class Students
{
    public static LineAgreement Agreement { get; } =
        new("oak", FakeTeacher.Weights, FakeTeacher.Samples, new Fp32Codec(), ShipsInputs: false);

    public static LessonLines Student(
        ServedTeachers? teachers = null,
        TimeProvider? time = null,
        ArrayPool<byte>? pool = null,
        Action<LineOptions>? configure = null)
    {
        var options = new LineOptions();
        configure?.Invoke(options);
        return new LessonLines(
            teachers ?? Served(), Options.Create(options), time ?? TimeProvider.System, pool ?? ArrayPool<byte>.Shared);
    }

    /// <summary>Served teachers with a store of their own.</summary>
    public static ServedTeachers Served(long storeBytes = 1 << 20) => new(
        new TargetStore(
            StoreSide.Teacher, new TargetStoreOptions { MemoryBytes = storeBytes }, NullLogger<TargetStore>.Instance));

    public static Lesson Lesson(int first, int count = 2, Split split = Split.Train) =>
        new(split, View.Plain, new SampleRange(first, count));

    /// <summary>Asks without inputs.</summary>
    public static Task<TargetAnswer> AskAsync(this ILessonLine line, Lesson lesson) =>
        line.AskAsync(lesson, ReadOnlyMemory<byte>.Empty, TestContext.Current.CancellationToken);

    /// <summary>Rows in binary32.</summary>
    public static float[] Logits(this TargetAnswer answer) => MemoryMarshal.Cast<byte, float>(answer.Targets.Bytes).ToArray();
}
