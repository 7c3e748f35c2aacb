using Stillhouse.Messages.Randomness;

namespace Stillhouse.Distillation.Data.Glyphs;

/// <summary>How one glyph lies on the canvas: bent, sheared, scaled, rotated and shifted, in this order.</summary>
internal sealed class Pose
{
    private const float Bend = 0.18f;
    private const float Shear = 0.25f;
    private const float SmallestScale = 8f;
    private const float LargestScale = 10.5f;
    private const float Squeeze = 0.2f;
    private const float TanHalfRotation = 0.12f;
    private const float Shift = 2f;

    private readonly float[] _bend = new float[6];
    private readonly float _shear;
    private readonly Point _scale;
    private readonly float _cos;
    private readonly float _sin;
    private readonly Point _centre;

    public Pose(SplitMix64 random)
    {
        for (var i = 0; i < _bend.Length; i++)
        {
            _bend[i] = random.Between(-Bend, Bend);
        }

        _shear = random.Between(-Shear, Shear);
        var scale = random.Between(SmallestScale, LargestScale);
        _scale = new Point(scale * random.Between(1 - Squeeze, 1 + Squeeze), scale);

        // Sine and cosine from the tangent of half the angle: they are exact arithmetic, unlike the library's functions.
        var t = random.Between(-TanHalfRotation, TanHalfRotation);
        _cos = (1 - (t * t)) / (1 + (t * t));
        _sin = 2 * t / (1 + (t * t));
        _centre = new Point(
            (Canvas.Side / 2f) + random.Between(-Shift, Shift), (Canvas.Side / 2f) + random.Between(-Shift, Shift));
    }

    /// <summary>From the alphabet's square, -1 to 1, to pixels.</summary>
    public Point Map(Point p)
    {
        var (xx, xy, yy) = (p.X * p.X, p.X * p.Y, p.Y * p.Y);
        var bent = p + new Point(
            (_bend[0] * xx) + (_bend[1] * xy) + (_bend[2] * yy), (_bend[3] * xx) + (_bend[4] * xy) + (_bend[5] * yy));
        var x = (bent.X + (_shear * bent.Y)) * _scale.X;
        var y = bent.Y * _scale.Y;
        return _centre + new Point((_cos * x) - (_sin * y), (_sin * x) + (_cos * y));
    }
}
