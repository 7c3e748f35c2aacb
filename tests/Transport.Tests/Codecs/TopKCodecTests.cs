using System.Buffers.Binary;
using CsCheck;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Tests.Codecs;

public class TopKCodecTests
{
    [Fact]
    public void RowBytes_Top64Of32000_AreLessThan6PerMilleOfDense() =>
        new TopKCodec(64, 1).RowBytes(32_000).ShouldBeLessThanOrEqualTo((int)(32_000 * sizeof(float) * 0.006));

    [Fact]
    public void RoundTrip_OfAnyRow_KeepsTheMostProbableClassesAndTheTail() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double[0.2, 20], Gen.Float[-30f, 30f].Array[1, 100]).Sample((k, temperature, logits) =>
        {
            var expected = Coding.LogSoftmax(logits, temperature);
            var top = Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).ThenBy(id => id).Take(k).Order().ToArray();
            var decoded = RoundTrip(new TopKCodec(k, temperature), logits);
            decoded.Classes.ShouldBe(top.Select(id => (long)id));
            for (var slot = 0; slot < top.Length; slot++)
            {
                ((double)decoded.Values[slot]).ShouldBe(expected[top[slot]], tolerance: 1e-4);
            }

            var tail = Enumerable.Range(0, logits.Length).Except(top).Sum(id => Math.Exp(expected[id]));
            Math.Exp(decoded.LogTails[0]).ShouldBe(tail, tolerance: (1e-4 * tail) + 1e-37);
        });

    [Fact]
    public void Kl_BetweenTopAndTail_IsALowerBoundOfTheFullOne() =>
        Gen.Select(Gen.Int[1, 20], Gen.Float[-10f, 10f].Array[30], Gen.Float[-10f, 10f].Array[30]).Sample((k, teacher, student) =>
        {
            var decoded = RoundTrip(new TopKCodec(k, 2), teacher);
            var (p, q) = (Coding.LogSoftmax(teacher, 2), Coding.LogSoftmax(student, 2));
            var full = Enumerable.Range(0, p.Length).Sum(id => Math.Exp(p[id]) * (p[id] - q[id]));
            var qTail = Math.Log(Enumerable.Range(0, q.Length).Where(id => !decoded.Classes.Contains(id)).Sum(id => Math.Exp(q[id])));
            var sparse = decoded.Classes.Zip(decoded.Values).Sum(kept => Math.Exp(kept.Second) * (kept.Second - q[kept.First]))
                + (Math.Exp(decoded.LogTails[0]) * (decoded.LogTails[0] - qTail));
            sparse.ShouldBeLessThanOrEqualTo(full + 1e-4);
            sparse.ShouldBeGreaterThanOrEqualTo(-1e-4);
        });

    [Fact]
    public void RoundTrip_WithRoomForAllClasses_LeavesNoTail()
    {
        var decoded = RoundTrip(new TopKCodec(10, 1), [3, 1, 2]);
        decoded.Classes.ShouldBe([0, 1, 2]);
        decoded.LogTails.ShouldBe([float.NegativeInfinity]);
    }

    [Fact]
    public void RoundTrip_OfEquals_KeepsTheLowerClasses() =>
        RoundTrip(new TopKCodec(3, 1), [0, 5, 1, 1, -0f, 1, 1]).Classes.ShouldBe([1, 2, 3]);

    [Fact]
    public void RoundTrip_OfATinyTail_KeepsItsDigits()
    {
        var decoded = RoundTrip(new TopKCodec(1, 1), [40, 0, 0]);
        ((double)decoded.LogTails[0]).ShouldBe(Math.Log(2) - 40, tolerance: 1e-5);
    }

    [Fact]
    public void RoundTrip_OfManyAscendingClasses_KeepsTheLast()
    {
        const int classes = 100_000;
        var logits = Enumerable.Range(0, classes).Select(id => (float)id).ToArray();
        RoundTrip(new TopKCodec(1_000, 1_000), logits).Classes.ShouldBe(Enumerable.Range(classes - 1_000, 1_000).Select(id => (long)id));
    }

    [Theory]
    [InlineData(0, 1, "class 1 in slot 1 is not one of 2 to 9")]
    [InlineData(1, 0, "class 0 in slot 1 is not one of 3 to 9")]
    [InlineData(1, 10, "class 10 in slot 1 is not one of 3 to 9")]
    public void Flaw_OfClassesThatRepeatDescendOrDoNotExist_SaysSo(int slotValue, int next, string flaw)
    {
        var codec = new TopKCodec(2, 1);
        var rows = Coding.Encode(codec, Coding.Lesson(1), [0, 1 - slotValue, slotValue, 0, 0, 0, 0, 0, 0, 2], 10);
        var ids = rows.AsSpan(3 * sizeof(float));
        BinaryPrimitives.WriteUInt16LittleEndian(ids[sizeof(ushort)..], (ushort)next);
        codec.Flaw(rows, 10).ShouldBe($"in row 0 {flaw}");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Flaw_OfProbabilitiesThatDoNotAddUpTo1_SaysSo(float logTail)
    {
        var codec = new TopKCodec(2, 1);
        var rows = Coding.Encode(codec, Coding.Lesson(1), [1, 1, 1, 1], 4);
        BinaryPrimitives.WriteSingleLittleEndian(rows, logTail);
        codec.Flaw(rows, 4).ShouldNotBeNull().ShouldStartWith("in row 0 the probabilities add up to");
    }

    [Fact]
    public void Flaw_OfATailWhereAllClassesAreKept_SaysSo()
    {
        var codec = new TopKCodec(2, 1);
        var rows = new byte[codec.RowBytes(2)];
        foreach (var (place, probability) in new[] { (0, 0.5f), (1, 0.25f), (2, 0.25f) })
        {
            BinaryPrimitives.WriteSingleLittleEndian(rows.AsSpan(place * sizeof(float)), MathF.Log(probability));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(rows.AsSpan((3 * sizeof(float)) + sizeof(ushort)), 1);
        codec.Flaw(rows, 2).ShouldNotBeNull().ShouldStartWith("in row 0 all 2 classes are kept, and yet the tail has probability 0.");
    }

    private static Decoded RoundTrip(TopKCodec codec, float[] logits)
    {
        var rows = Coding.Encode(codec, Coding.Lesson(1), logits, logits.Length);
        codec.Flaw(rows, logits.Length).ShouldBeNull();
        return Coding.Decode(codec, rows, logits.Length, 0);
    }
}
