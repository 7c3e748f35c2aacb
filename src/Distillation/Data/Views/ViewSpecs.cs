using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Data.Views;

/// <summary>Makes views of what a spec says.</summary>
public static class ViewSpecs
{
    /// <summary>How samples are seen in one epoch, which counts from 0.</summary>
    public static View In(this ViewSpec spec, int epoch, long seed) => spec switch
    {
        PlainViewSpec => View.Plain,
        ShiftViewSpec shift => new ShiftedView(shift.Pixels, seed, epoch),
        _ => throw new ArgumentException($"No view is known for {spec?.GetType().Name ?? "nothing"}.", nameof(spec)),
    };
}
