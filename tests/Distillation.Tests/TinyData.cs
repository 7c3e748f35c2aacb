using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Randomness;

namespace Stillhouse.Distillation.Tests;

/// <summary>Three classes of 4×4 pixels, each with a bright row of its own in noise: learnt within a few epochs.</summary>
internal static class TinyData
{
    private const int Classes = 3;
    private static readonly SampleShape Shape = new(1, 4, 4);

    public static Dataset Create(int train = 60, int validation = 30, int test = 25)
    {
        var random = new SplitMix64(1);
        return Dataset.Of("tiny", Classes, Shape, Draw(random, train), Draw(random, validation), Draw(random, test));
    }

    private static SampleSet Draw(SplitMix64 random, int count)
    {
        var labels = new byte[count];
        var pixels = new byte[count * Shape.Size];
        for (var sample = 0; sample < count; sample++)
        {
            labels[sample] = (byte)random.Below(Classes);
            for (var pixel = 0; pixel < Shape.Size; pixel++)
            {
                var bright = pixel / Shape.Width == labels[sample];
                pixels[(sample * Shape.Size) + pixel] = (byte)((bright ? 100 : 0) + random.Below(150));
            }
        }

        return new SampleSet(pixels, labels);
    }
}
