using System.Runtime.InteropServices;
using CsCheck;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Tests.Codecs;

public class Fp16CodecTests
{
    private readonly Fp16Codec _codec = new();

    [Fact]
    public void DecodeRow_EveryFiniteHalf_IsItsValue()
    {
        Half[] halves = [.. Enumerable.Range(0, 65_536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite)];
        var logits = new float[halves.Length];
        _codec.DecodeRow(MemoryMarshal.AsBytes(halves.AsSpan()), logits);
        logits.Select(BitConverter.SingleToInt32Bits).ShouldBe(halves.Select(half => BitConverter.SingleToInt32Bits((float)half)));
    }

    [Fact]
    public void RoundTrip_OfLogitsWithinItsRange_IsOffByTheRoundingAtMost() =>
        Gen.Float[-65_504f, 65_504f].Array[1, 70].Sample(logits =>
        {
            var rows = Coding.Encode(_codec, Coding.Lesson(1), logits, logits.Length);
            var decoded = Coding.Decode(_codec, rows, logits.Length, 0).Values;
            for (var i = 0; i < logits.Length; i++)
            {
                Math.Abs((double)decoded[i] - logits[i])
                    .ShouldBeLessThanOrEqualTo(Math.Max(Math.Abs(logits[i]) * Math.Pow(2, -11), Math.Pow(2, -25)));
            }
        });

    [Theory]
    [InlineData(65_520f)]
    [InlineData(-1e9f)]
    public void Encode_BeyondItsRange_IsRefusedWithPlaceAndRemedy(float logit)
    {
        const int classes = 33;
        var logits = new float[4 * classes];
        logits[(2 * classes) + 20] = logit;
        Should.Throw<LessonRefusedException>(() => Coding.Encode(_codec, Coding.Lesson(4), logits, classes))
            .Message.ShouldBe($"Value 20 of row 2 of lesson Train 0..3 is {logit}, and codec fp16 holds -65500 to 65500. Use codec int8 or fp32.");
    }

    [Fact]
    public void Flaw_AnyPlaceOfANonFiniteValue_IsFound()
    {
        const int classes = 19;
        for (var i = 0; i < 3 * classes; i++)
        {
            var halves = new Half[3 * classes];
            halves[i] = i % 2 == 0 ? Half.NaN : Half.NegativeInfinity;
            _codec.Flaw(MemoryMarshal.AsBytes(halves.AsSpan()), classes)
                .ShouldBe($"value {i % classes} of row {i / classes} is {halves[i]}, not a finite number");
        }
    }
}
