using Microsoft.Extensions.Time.Testing;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Distillation.Tests.Losses;

/// <summary>Hands out targets at once, while the clock says that it took a while.</summary>
internal sealed class ScriptedFeed(FakeTimeProvider time, TimeSpan delay, Func<Batch, IReadOnlyList<BatchTargets?>> targets) : ILessonFeed
{
    public IReadOnlyList<BatchTargets?> Take(Batch expected, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        time.Advance(delay);
        return targets(expected);
    }
}
