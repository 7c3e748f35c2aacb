using CsCheck;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Tests.Codecs;

public class Int8CodecTests
{
    private readonly Int8Codec _codec = new();

    [Fact]
    public void RoundTrip_OfAnyRow_IsOffByHalfOfTheScaleAtMost() =>
        Gen.Select(Gen.Float[-1e6f, 1e6f], Gen.Float[1e-3f, 1e6f], Gen.Float[-1f, 1f].Array[1, 100]).Sample((middle, reach, values) =>
        {
            float[] logits = [.. values.Select(value => middle + (reach * value))];
            var decoded = RoundTrip(logits);
            var halfOfTheScale = ((double)logits.Max() - logits.Min()) / 510;
            var rounding = 4 * (MathF.BitIncrement(Math.Abs(middle) + reach) - (Math.Abs(middle) + reach));
            for (var i = 0; i < logits.Length; i++)
            {
                Math.Abs((double)decoded[i] - logits[i]).ShouldBeLessThanOrEqualTo(halfOfTheScale + rounding);
            }
        });

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void RoundTrip_OfARowOfEquals_IsExact(int classes)
    {
        var logits = Enumerable.Repeat(-12.345f, classes).ToArray();
        RoundTrip(logits).ShouldBe(logits);
    }

    [Fact]
    public void RoundTrip_OfAllLevels_IsExact()
    {
        var logits = Enumerable.Range(0, 256).Select(level => level - 127.5f).ToArray();
        RoundTrip(logits).ShouldBe(logits);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void RoundTrip_OfLargeLogitsCloseTogether_DoesNotWrapAround(int classes)
    {
        var logits = Enumerable.Range(0, classes).Select(id => id % 2 == 0 ? -859_064.1f : -859_059.3f).ToArray();
        RoundTrip(logits).Zip(logits).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 0.2f);
    }

    [Fact]
    public void RoundTrip_OfGreatLogits_StaysFinite()
    {
        float[] logits = [-3e38f, 0, 3e38f];
        RoundTrip(logits).ShouldAllBe(logit => float.IsFinite(logit));
    }

    [Fact]
    public void Encode_FromEndToEndOfFp32_IsRefused() =>
        Should.Throw<LessonRefusedException>(() => RoundTrip([float.MinValue, 3.4022152E+38f])).Message.ShouldContain("Use codec fp32.");

    private float[] RoundTrip(float[] logits)
    {
        var rows = Coding.Encode(_codec, Coding.Lesson(1), logits, logits.Length);
        _codec.Flaw(rows, logits.Length).ShouldBeNull();
        return Coding.Decode(_codec, rows, logits.Length, 0).Values;
    }
}
