using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Tests.Codecs;

public class SampledCodecTests
{
    [Fact]
    public void RoundTrip_OfManyDraws_HasTheFrequenciesOfTheProbabilities()
    {
        const int classes = 10;
        const int draws = 50_000;
        var logits = Coding.Logits(classes, seed: 1);
        var expected = Coding.LogSoftmax(logits, 4);
        var decoded = Decode(new SampledCodec(draws, 4), Coding.Lesson(1), logits, classes, row: 0);
        for (var slot = 0; slot < classes; slot++)
        {
            var p = Math.Exp(expected[decoded.Classes[slot]]);
            Math.Exp(decoded.Values[slot]).ShouldBe(p, tolerance: 5 * Math.Sqrt(p * (1 - p) / draws));
        }

        decoded.Values.Sum(value => Math.Exp(value)).ShouldBe(1, tolerance: 1e-6);
        decoded.LogTails.ShouldBe([float.NegativeInfinity]);
    }

    [Fact]
    public void Frequencies_OverManySamples_AverageToTheProbabilities()
    {
        const int samples = 20_000;
        const int draws = 5;
        float[] logits = [2, 0, 1];
        var codec = new SampledCodec(draws, 1);
        var rows = Coding.Encode(codec, Coding.Lesson(samples), [.. Enumerable.Repeat(logits, samples).SelectMany(row => row)], 3);
        var decoded = Coding.Decode(codec, rows, 3, [.. Enumerable.Range(0, samples)]);
        var expected = Coding.LogSoftmax(logits, 1);
        for (var id = 0; id < 3; id++)
        {
            var mean = decoded.Classes.Zip(decoded.Values).Where(slot => slot.First == id).Sum(slot => Math.Exp(slot.Second)) / samples;
            var p = Math.Exp(expected[id]);
            mean.ShouldBe(p, tolerance: 5 * Math.Sqrt(p * (1 - p) / (draws * samples)));
        }
    }

    [Fact]
    public void Draws_OfAnotherSampleSplitOrView_AreOthers()
    {
        const int classes = 1_000;
        var logits = Coding.Logits(classes, seed: 2);
        Lesson[] lessons =
        [
            Coding.Lesson(1),
            Coding.Lesson(1, first: 1),
            Coding.Lesson(1) with { Split = Split.Validation },
            Coding.Lesson(1) with { View = new ShiftedView(2, Seed: 1, Epoch: 0) },
            Coding.Lesson(1) with { View = new ShiftedView(2, Seed: 1, Epoch: 1) },
        ];
        var codec = new SampledCodec(50, 4);
        lessons.Select(lesson => Convert.ToHexString(Coding.Encode(codec, lesson, logits, classes))).Distinct().Count().ShouldBe(lessons.Length);
    }

    [Fact]
    public void Encode_TheSameSampleForEver_DrawsTheSameClasses()
    {
        var decoded = Decode(new SampledCodec(8, 4), Coding.Lesson(2, first: 41), [0, 1, 2, 3, 4, 0, 1, 2, 3, 4], classes: 5, row: 1);
        decoded.Classes.ShouldBe([1, 2, 3, 4, 0]);
        decoded.Values.Select(value => Math.Round(8 * Math.Exp(value))).ShouldBe([1, 1, 2, 4, 0]);
    }

    [Fact]
    public void Draws_FromAClassWithoutProbability_AreNone()
    {
        var decoded = Decode(new SampledCodec(1_000, 1), Coding.Lesson(1), [-1e6f, 0, -1e6f, 0, -1e6f], classes: 5, row: 0);
        decoded.Classes.ShouldBe([1, 3, 0, 0, 0]);
        decoded.Values[2..].ShouldAllBe(value => value == float.NegativeInfinity);
    }

    [Fact]
    public void Flaw_OfDrawsThatDescendOrDoNotExist_SaysSo()
    {
        var codec = new SampledCodec(3, 1);
        codec.Flaw([1, 0, 1, 0, 2, 0], 3).ShouldBeNull();
        codec.Flaw([1, 0, 0, 0, 2, 0], 3).ShouldBe("in row 0 class 0 in slot 1 is not one of 1 to 2");
        codec.Flaw([1, 0, 1, 0, 3, 0], 3).ShouldBe("in row 0 class 3 in slot 2 is not one of 1 to 2");
    }

    private static Decoded Decode(SampledCodec codec, Lesson lesson, float[] logits, int classes, int row)
    {
        var rows = Coding.Encode(codec, lesson, logits, classes);
        codec.Flaw(rows, classes).ShouldBeNull();
        return Coding.Decode(codec, rows, classes, row);
    }
}
