using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>
/// A teacher on another machine, as far as this one can tell: it answers from a table, when a device that computes one
/// lesson after the other and a network would have delivered, and uses next to no processor here.
/// </summary>
internal sealed class TableTeacher(TeacherTable table, TimeProvider time) : ILessonServer
{
    private readonly float[] _logits = table.Load();
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _busyUntil;
    public Digest Teacher => table.Teacher;

    public Digest? Dataset => table.Dataset;

    public int Classes => table.Classes;

    public IReadOnlyList<FeatureShape> Features => [];

    public int InputSize => table.InputSize;

    public async Task<SoftTargets> AnswerAsync(
        Lesson lesson, IReadOnlyList<string> features, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        var (first, count) = lesson.Samples;
        var compute = TimeSpan.FromSeconds(count / table.SamplesPerSecond);
        await Task.Delay(Delivery(compute), time, cancellation);
        var rows = _logits.AsMemory(first * Classes, count * Classes);
        return new SoftTargets(lesson, new MemoryLogits(rows, Classes), compute);
    }

    /// <summary>How long until the answer arrives, with all that was asked before.</summary>
    private TimeSpan Delivery(TimeSpan compute)
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(_started);
            _busyUntil = (_busyUntil > now ? _busyUntil : now) + compute;
            return _busyUntil + table.Latency - now;
        }
    }
}
