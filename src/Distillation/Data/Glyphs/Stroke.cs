using System.Collections.Immutable;

namespace Stillhouse.Distillation.Data.Glyphs;

/// <summary>A smooth line through points (a Catmull-Rom spline), closed where the last point is the first; straight through two.</summary>
internal sealed class Stroke(ImmutableArray<Point> points)
{
    private const int PiecesPerSpan = 4;

    /// <summary>The stroke through points given as x, y, x, y, … in hundredths.</summary>
    public static Stroke Through(params ReadOnlySpan<int> hundredths)
    {
        var points = ImmutableArray.CreateBuilder<Point>(hundredths.Length / 2);
        for (var i = 0; i < hundredths.Length; i += 2)
        {
            points.Add(new Point(hundredths[i] / 100f, hundredths[i + 1] / 100f));
        }

        return new Stroke(points.MoveToImmutable());
    }

    /// <summary>The stroke as a chain of short straight lines.</summary>
    public IReadOnlyList<Point> Flatten()
    {
        var chain = new List<Point> { points[0] };
        for (var span = 0; span < points.Length - 1; span++)
        {
            var (before, from, to, after) = (Neighbour(span - 1), points[span], points[span + 1], Neighbour(span + 2));
            for (var piece = 1; piece <= PiecesPerSpan; piece++)
            {
                chain.Add(Interpolate(before, from, to, after, (float)piece / PiecesPerSpan));
            }
        }

        return chain;
    }

    private Point Neighbour(int index)
    {
        var last = points.Length - 1;
        var closed = last > 1 && points[0] == points[last];
        return index < 0
            ? closed ? points[last - 1] : (2 * points[0]) - points[1]
            : index <= last ? points[index]
            : closed ? points[1] : (2 * points[last]) - points[last - 1];
    }

    private static Point Interpolate(Point p0, Point p1, Point p2, Point p3, float t) =>
        0.5f * ((2 * p1) + (t * (p2 - p0))
            + (t * t * ((2 * p0) - (5 * p1) + (4 * p2) - p3))
            + (t * t * t * ((3 * p1) - p0 - (3 * p2) + p3)));
}
