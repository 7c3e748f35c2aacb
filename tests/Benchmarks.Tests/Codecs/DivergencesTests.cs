using System.Numerics.Tensors;
using Stillhouse.Benchmarks.Codecs;

namespace Stillhouse.Benchmarks.Tests.Codecs;

/// <summary>The teacher says 1/2, 1/4, 1/4.</summary>
public class DivergencesTests
{
    private const double Tolerance = 1e-6;

    private static readonly float[] Teacher = [MathF.Log(2), 0, 0];

    [Fact]
    public void OfDense_IsZeroForTheSameDistribution() => Divergences.OfDense(Teacher, [MathF.Log(4), MathF.Log(2), MathF.Log(2)])
        .ShouldBe(0, Tolerance);

    [Fact]
    public void OfDense_IsTheDivergenceFromTheTeacher()
    {
        var expected = (0.5 * Math.Log(0.5 * 3)) + (2 * 0.25 * Math.Log(0.25 * 3));

        Divergences.OfDense(Teacher, [1, 1, 1]).ShouldBe(expected, Tolerance);
    }

    [Fact]
    public void OfHead_SpreadsTheTailEvenly()
    {
        Divergences.OfHead(Teacher, [0], [MathF.Log(0.5f)], MathF.Log(0.5f)).ShouldBe(0, Tolerance);

        var expected = (0.25 * Math.Log(0.25 / 0.25)) + (0.5 * Math.Log(0.5 / 0.375)) + (0.25 * Math.Log(0.25 / 0.375));
        Divergences.OfHead(Teacher, [1], [MathF.Log(0.25f)], MathF.Log(0.75f)).ShouldBe(expected, Tolerance);
    }

    [Fact]
    public void OfDraws_CountsOnlyWhatWasDrawn() =>
        Divergences.OfDraws(Teacher, [2, 0], [0, float.NegativeInfinity]).ShouldBe(Math.Log(1 / 0.25), Tolerance);

    [Fact]
    public void HeavyTail_GivesEverySampleAnOrderOfItsOwn()
    {
        const int classes = 1_000;
        var logits = HeavyTail.Draw(samples: 2, classes, seed: 1);

        logits.ShouldAllBe(logit => float.IsFinite(logit));
        logits.ShouldBe(HeavyTail.Draw(samples: 2, classes, seed: 1));
        Favourite(logits.AsSpan(0, classes)).ShouldNotBe(Favourite(logits.AsSpan(classes)));
    }

    private static int Favourite(ReadOnlySpan<float> logits) => TensorPrimitives.IndexOfMax(logits);
}
