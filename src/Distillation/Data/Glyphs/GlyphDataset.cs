using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Data.Glyphs;

/// <summary>Draws the built-in dataset: 28 by 28 pixels, ten classes in turn.</summary>
internal static class GlyphDataset
{
    private static readonly SampleShape Shape = new(1, Canvas.Side, Canvas.Side);

    public static Dataset Draw(GlyphDataSpec spec) => Dataset.Of(
        "glyphs",
        Alphabet.Digits.Length,
        Shape,
        train: LongTail.Thin(Draw(spec.Seed, Split.Train, spec.Train), Alphabet.Digits.Length, spec.Imbalance),
        validation: Draw(spec.Seed, Split.Validation, spec.Validation),
        test: Draw(spec.Seed, Split.Test, spec.Test));

    /// <summary>A sample depends on seed, split and its id alone, so they are drawn on all cores at once.</summary>
    private static SampleSet Draw(long seed, Split split, int count)
    {
        var pixels = new byte[count * Shape.Size];
        var labels = new byte[count];
        Parallel.For(0, count, id =>
        {
            var random = new SplitMix64(Seeds.Derive(seed, $"glyph/{split}/{id}"));
            var digit = id % Alphabet.Digits.Length;
            new GlyphPainter(random).Paint(digit, pixels.AsSpan(id * Shape.Size, Shape.Size));
            labels[id] = (byte)digit;
        });
        return new SampleSet(pixels, labels);
    }
}
