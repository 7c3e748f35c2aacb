using Stillhouse.Messages.Randomness;

namespace Stillhouse.Distillation.Data.Glyphs;

/// <summary>
/// Paints one sample: scraps of other strokes, the digit itself, blots on top, noise over everything. The ranges make
/// it readable for a person and hard for a small network that sees few samples.
/// </summary>
internal sealed class GlyphPainter(SplitMix64 random)
{
    private const int MostScraps = 2;
    private const int MostBlots = 2;
    private const float FaintestInk = 0.5f;
    private const float Noise = 0.2f;

    private readonly Canvas _canvas = new();

    /// <param name="pixels">Receives <see cref="Canvas.Side"/> rows of as many bytes.</param>
    public void Paint(int digit, Span<byte> pixels)
    {
        PaintScraps();
        PaintDigit(digit);
        PaintBlots();
        _canvas.AddNoise(random, random.Between(0, Noise));
        _canvas.CopyTo(pixels);
    }

    private void PaintDigit(int digit)
    {
        var variants = Alphabet.Digits[digit];
        var pose = new Pose(random);
        var radius = Radius();
        var ink = Ink();
        foreach (var stroke in variants[random.Below(variants.Length)])
        {
            _canvas.Draw([.. stroke.Flatten().Select(pose.Map)], radius, ink);
        }
    }

    private void PaintScraps()
    {
        for (var count = random.Below(MostScraps + 1); count > 0; count--)
        {
            var start = new Point(random.Between(0, Canvas.Side), random.Between(0, Canvas.Side));
            var bend = start + new Point(random.Between(-6, 6), random.Between(-6, 6));
            var end = bend + new Point(random.Between(-6, 6), random.Between(-6, 6));
            _canvas.Draw(new Stroke([start, bend, end]).Flatten(), Radius(), Ink());
        }
    }

    private void PaintBlots()
    {
        for (var count = random.Below(MostBlots + 1); count > 0; count--)
        {
            var centre = new Point(random.Between(4, Canvas.Side - 4), random.Between(4, Canvas.Side - 4));
            _canvas.Cover(centre, random.Between(1.5f, 3.5f), random.Unit());
        }
    }

    private float Radius() => random.Between(0.7f, 1.7f);

    private float Ink() => random.Between(FaintestInk, 1);
}
