using Stillhouse.Messages.Lessons;

namespace Stillhouse.Distillation.Data.Views;

/// <summary>Pixels as a view shows them: what networks are given, and what travels where inputs are shipped.</summary>
public static class ViewedPixels
{
    /// <summary>Writes the named samples, one after the other.</summary>
    /// <param name="ids">Positions in the split.</param>
    /// <param name="target"><c>ids.Count × shape.Size</c> bytes.</param>
    public static void Write(SampleSet samples, SampleShape shape, View view, IReadOnlyList<int> ids, Span<byte> target)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(ids);
        var source = samples.Pixels.Span;
        for (var row = 0; row < ids.Count; row++)
        {
            var sample = source.Slice(ids[row] * shape.Size, shape.Size);
            var place = target.Slice(row * shape.Size, shape.Size);
            switch (view)
            {
                case PlainView:
                    sample.CopyTo(place);
                    break;
                case ShiftedView shifted:
                    Shift.Move(sample, place, shape, Shift.Of(shifted, ids[row]));
                    break;
                default:
                    throw new ArgumentException($"No pixels are known for the view {view}.", nameof(view));
            }
        }
    }

    /// <summary>The samples of a lesson, <c>Samples.Count × Shape.Size</c> bytes.</summary>
    public static byte[] Of(Dataset dataset, Lesson lesson)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(lesson);
        var pixels = new byte[lesson.Samples.Count * dataset.Shape.Size];
        Write(dataset[lesson.Split], dataset.Shape, lesson.View, lesson.Samples.Ids(), pixels);
        return pixels;
    }
}
