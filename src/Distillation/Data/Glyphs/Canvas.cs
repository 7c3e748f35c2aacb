using Stillhouse.Messages.Randomness;

namespace Stillhouse.Distillation.Data.Glyphs;

/// <summary>One sample in the making: ink from 0 (none) to 1 in every pixel.</summary>
internal sealed class Canvas
{
    public const int Side = 28;

    private readonly float[] _ink = new float[Side * Side];

    /// <summary>Draws a chain of straight lines with round ends.</summary>
    /// <param name="radius">Half the width of the lines, in pixels.</param>
    public void Draw(IReadOnlyList<Point> chain, float radius, float ink)
    {
        for (var i = 1; i < chain.Count; i++)
        {
            Blend(chain[i - 1], chain[i], radius, (below, coverage) => Math.Max(below, coverage * ink));
        }
    }

    /// <summary>Covers whatever is there with a disc of one shade.</summary>
    public void Cover(Point centre, float radius, float shade) =>
        Blend(centre, centre, radius, (below, coverage) => below + (coverage * (shade - below)));

    /// <summary>Adds noise of mean 0 to every pixel, nearly Gaussian: a sum of four uniform numbers.</summary>
    /// <param name="deviation">The standard deviation.</param>
    public void AddNoise(SplitMix64 random, float deviation)
    {
        const float DeviationOfSum = 0.57735027f; // the square root of 4 / 12
        foreach (ref var ink in _ink.AsSpan())
        {
            ink += deviation / DeviationOfSum * (random.Unit() + random.Unit() + random.Unit() + random.Unit() - 2);
        }
    }

    /// <summary>Writes the ink as bytes, row after row; what is beyond 0 or 1 is cut off.</summary>
    public void CopyTo(Span<byte> pixels)
    {
        for (var i = 0; i < _ink.Length; i++)
        {
            pixels[i] = (byte)((Math.Clamp(_ink[i], 0, 1) * byte.MaxValue) + 0.5f);
        }
    }

    /// <summary>
    /// Changes the pixels within <paramref name="radius"/> of a line. A pixel that the outline crosses is covered in
    /// part, by how far its centre lies inside (anti-aliasing).
    /// </summary>
    private void Blend(Point from, Point to, float radius, Func<float, float, float> blend)
    {
        var reach = radius + 0.5f;
        var (left, right) = Pixels(Math.Min(from.X, to.X) - reach, Math.Max(from.X, to.X) + reach);
        var (top, bottom) = Pixels(Math.Min(from.Y, to.Y) - reach, Math.Max(from.Y, to.Y) + reach);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                var coverage = Math.Min(reach - Distance(new Point(column + 0.5f, row + 0.5f), from, to), 1);
                if (coverage > 0)
                {
                    ref var ink = ref _ink[(row * Side) + column];
                    ink = blend(ink, coverage);
                }
            }
        }
    }

    private static (int First, int End) Pixels(float low, float high) =>
        ((int)Math.Clamp(low, 0, Side), (int)Math.Clamp(high + 1, 0, Side));

    private static float Distance(Point p, Point from, Point to)
    {
        var (line, offset) = (to - from, p - from);
        var squaredLength = line.Dot(line);
        var along = squaredLength > 0 ? Math.Clamp(offset.Dot(line) / squaredLength, 0, 1) : 0;
        var across = offset - (along * line);
        return MathF.Sqrt(across.Dot(across));
    }
}
