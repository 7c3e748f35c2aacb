using CsCheck;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Tests.Codecs;

/// <summary>What holds for every codec.</summary>
public class CodecContractTests
{
    private const int Samples = 7;

    /// <summary>Fewer classes than slots, odd numbers, more than fit two bytes.</summary>
    private static readonly int[] ClassCounts = [1, 2, 10, 37, 1_000, 70_001];

    public static TheoryData<string, int> Cases { get; } = new(
        from codec in new[] { "fp32", "fp32+fc1", "fp16", "fp16+conv2,fc1", "int8", "top-k:1@1", "top-k:64@4", "sampled:1@1", "sampled:50@0.5" }
        from classes in ClassCounts
        select (codec, classes));

    [Theory, MemberData(nameof(Cases))]
    public void Encode_WhateverWasInTheBuffer_WritesTheSameBytes(string name, int classes)
    {
        var codec = Coding.Codec(name);
        var (lesson, logits) = (Coding.Lesson(Samples), Coding.Logits(Samples * classes, seed: 1));
        var (first, second) = (new byte[Samples * codec.RowBytes(classes)], new byte[Samples * codec.RowBytes(classes)]);
        second.AsSpan().Fill(0xA5);
        codec.Encode(lesson, logits, classes, first);
        codec.Encode(lesson, logits, classes, second);
        second.ShouldBe(first);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Encode_OfOneSample_IsItsRowInAnyBlock(string name, int classes)
    {
        var codec = Coding.Codec(name);
        var logits = Coding.Logits(Samples * classes, seed: 2);
        var block = Coding.Encode(codec, Coding.Lesson(Samples, first: 100), logits, classes);
        for (var row = 0; row < Samples; row++)
        {
            Coding.Encode(codec, Coding.Lesson(1, first: 100 + row), logits[(row * classes)..((row + 1) * classes)], classes)
                .ShouldBe(block[(row * codec.RowBytes(classes))..((row + 1) * codec.RowBytes(classes))]);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Open_InAnyOrder_DecodesEveryRowByItself(string name, int classes)
    {
        var codec = Coding.Codec(name);
        var rows = Coding.Encode(codec, Coding.Lesson(Samples), Coding.Logits(Samples * classes, seed: 3), classes);
        int[] order = [5, 0, 0, 6, 2];
        var batch = Coding.Decode(codec, rows, classes, order);
        for (var i = 0; i < order.Length; i++)
        {
            var alone = Coding.Decode(codec, rows, classes, order[i]);
            batch.Classes.Skip(i * alone.Classes.Length).Take(alone.Classes.Length).ShouldBe(alone.Classes);
            batch.Values.Skip(i * alone.Values.Length).Take(alone.Values.Length).ShouldBe(alone.Values);
            batch.LogTails.Skip(i).Take(alone.LogTails.Length).ShouldBe(alone.LogTails);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Flaw_OfWhatWasEncoded_IsNone(string name, int classes)
    {
        var codec = Coding.Codec(name);
        codec.Flaw(Coding.Encode(codec, Coding.Lesson(Samples), Coding.Logits(Samples * classes, seed: 4), classes), classes)
            .ShouldBeNull();
    }

    [Theory, MemberData(nameof(Cases))]
    public void Flaw_OfARowOfOnes_NamesTheRow(string name, int classes)
    {
        var codec = Coding.Codec(name);
        var rows = Coding.Encode(codec, Coding.Lesson(Samples), Coding.Logits(Samples * classes, seed: 5), classes);
        rows.AsSpan(4 * codec.RowBytes(classes), codec.RowBytes(classes)).Fill(0xFF);
        codec.Flaw(rows, classes).ShouldNotBeNull().ShouldContain("row 4");
    }

    [Theory, MemberData(nameof(Cases))]
    public void Flaw_OfAnyBytes_LetsOnlyPassWhatCanBeTaught(string name, int classes)
    {
        var codec = Coding.Codec(name);
        Gen.Byte.Array[codec.RowBytes(classes)].Sample(
            row =>
            {
                if (codec.Flaw(row, classes) is null)
                {
                    ShouldBeTeachable(Coding.Decode(codec, row, classes, 0), classes);
                }
            },
            iter: 20);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Name_Parsed_IsTheSameCodec(string name, int classes)
    {
        var codec = Coding.Codec(name);
        codec.Name.ShouldBe(name);
        codec.RowBytes(classes).ShouldBeGreaterThan(0);
    }

    [Theory, MemberData(nameof(Cases))]
    public void EncodeAnswer_OfANetwork_IsWhatEncodeWrites(string name, int classes)
    {
        var codec = Coding.Codec(name);
        var (lesson, values) = (Coding.Lesson(Samples), Coding.Logits(Samples * classes, seed: 7));
        var logits = new ArrayLogits(values, classes);
        using (var targets = codec.Encode(new SoftTargets(lesson, logits, TimeSpan.FromSeconds(2))))
        {
            targets.Lesson.ShouldBe(lesson);
            targets.Codec.ShouldBe(codec);
            targets.Width.ShouldBe(classes);
            targets.ComputeTime.ShouldBe(TimeSpan.FromSeconds(2));
            targets.Bytes.ToArray().ShouldBe(Coding.Encode(codec, lesson, values, classes));
            logits.Disposed.ShouldBe(codec is not Fp32Codec, "fp32 keeps the logits themselves");
        }

        logits.Disposed.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Cases))]
    public void EncodeAnswer_WithAValueThatIsNoNumber_IsRefused(string name, int classes)
    {
        var values = Coding.Logits(Samples * classes, seed: 8);
        values[^1] = float.NaN;
        var logits = new ArrayLogits(values, classes);
        Should.Throw<WrongAnswerException>(
                () => Coding.Codec(name).Encode(new SoftTargets(Coding.Lesson(Samples), logits, TimeSpan.Zero)))
            .Message.ShouldContain($"value {classes - 1} of row {Samples - 1} is NaN");
        logits.Disposed.ShouldBeTrue();
    }

    [Fact]
    public void EncodeAnswer_WithAnotherNumberOfRows_IsRefused()
    {
        var logits = new ArrayLogits(Coding.Logits(Samples * 10, seed: 9), classes: 10);
        Should.Throw<WrongAnswerException>(
                () => new Fp32Codec().Encode(new SoftTargets(Coding.Lesson(Samples + 1), logits, TimeSpan.Zero)))
            .Message.ShouldContain($"{Samples} rows, not with {Samples + 1}");
        logits.Disposed.ShouldBeTrue();
    }

    private static void ShouldBeTeachable(Decoded decoded, int classes)
    {
        if (decoded.LogTails.Length == 0)
        {
            decoded.Values.ShouldAllBe(logit => float.IsFinite(logit));
            return;
        }

        decoded.Classes.ShouldAllBe(id => id >= 0 && id < classes);
        var used = decoded.Classes.Where((_, slot) => decoded.Values[slot] > float.NegativeInfinity).ToArray();
        used.Distinct().Count().ShouldBe(used.Length);
        (decoded.Values.Sum(value => Math.Exp(value)) + Math.Exp(decoded.LogTails[0])).ShouldBe(1, tolerance: 2e-3);
    }
}
