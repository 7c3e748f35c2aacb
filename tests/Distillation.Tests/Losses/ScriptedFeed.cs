using Microsoft.Extensions.Time.Testing;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Distillation.Tests.Losses;

/// <summary>Answers every lesson at once, while the clock says that it took a while.</summary>
internal sealed class ScriptedFeed(FakeTimeProvider time, TimeSpan delay, Func<Lesson, IReadOnlyList<ILogits>> answers) : ILessonFeed
{
    public List<SoftTargets> Handed { get; } = [];

    public IReadOnlyList<SoftTargets> Take(Lesson expected, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        time.Advance(delay);
        SoftTargets[] handed =
            [.. answers(expected).Select(logits => new SoftTargets(expected.Number, expected.SampleIds, logits, TimeSpan.Zero))];
        Handed.AddRange(handed);
        return handed;
    }
}

/// <summary>Logits that came off the wire.</summary>
internal sealed class WireLogits(float[] values, int classes) : ILogits
{
    public bool IsDisposed { get; private set; }

    public int Rows => values.Length / classes;

    public int Classes => classes;

    public ReadOnlySpan<float> Values => IsDisposed ? throw new ObjectDisposedException(nameof(WireLogits)) : values;

    public void Dispose() => IsDisposed = true;
}
