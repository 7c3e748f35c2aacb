namespace Stillhouse.Distillation.Data.Glyphs;

/// <summary>
/// A point of the plane. Drawing uses its own vectors and nothing but + - * / and square roots, which IEEE 754 rounds
/// alike everywhere, so that the same seed draws the same bytes on every machine.
/// </summary>
internal readonly record struct Point(float X, float Y)
{
    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static Point operator *(float factor, Point a) => new(factor * a.X, factor * a.Y);

    public float Dot(Point other) => (X * other.X) + (Y * other.Y);
}
