using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Randomness;

namespace Stillhouse.Benchmarks.Codecs;

/// <summary>
/// Logits as a language model or a good classifier gives them: in an order of classes that is each sample's own, the class
/// of rank r has <c>-s · ln r</c> (Zipf's law after the softmax) and some noise. The exponent s is between 1.2, a sample
/// that could be many things, and 3, one that the teacher is sure about.
/// </summary>
internal static class HeavyTail
{
    private const float LeastExponent = 1.2f;
    private const float GreatestExponent = 3;
    private const float Noise = 0.5f;

    /// <returns><c>samples × classes</c> values, the same for the same arguments.</returns>
    public static float[] Draw(int samples, int classes, long seed)
    {
        var random = new SplitMix64(Seeds.Derive(seed, $"heavy tail of {classes}"));
        var logits = new float[samples * classes];
        for (var sample = 0; sample < samples; sample++)
        {
            DrawRow(logits.AsSpan(sample * classes, classes), random);
        }

        return logits;
    }

    private static void DrawRow(Span<float> row, SplitMix64 random)
    {
        var exponent = random.Between(LeastExponent, GreatestExponent);
        for (var rank = 0; rank < row.Length; rank++)
        {
            // Fisher and Yates' shuffle, inside out: the value of every new rank goes to a random place.
            var place = random.Below(rank + 1);
            row[rank] = row[place];
            row[place] = (-exponent * MathF.Log(rank + 1)) + (Noise * Normal(random));
        }
    }

    /// <summary>Box and Muller's transform.</summary>
    private static float Normal(SplitMix64 random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.Unit())) * MathF.Cos(2 * MathF.PI * random.Unit());
}
