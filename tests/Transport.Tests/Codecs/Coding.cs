using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Randomness;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Codecs;

/// <summary>Encodes arrays and decodes them again, by way of what the codecs offer everybody.</summary>
internal static class Coding
{
    public static Lesson Lesson(int samples, int first = 0) => new(Split.Train, View.Plain, new SampleRange(first, samples));

    public static TargetCodec Codec(string name)
    {
        TargetCodecs.TryParse(name, out var codec).ShouldBeTrue();
        return codec!;
    }

    /// <summary>Normally distributed, with a standard deviation of 4.</summary>
    public static float[] Logits(int count, long seed)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(
            _ => 4 * MathF.Sqrt(-2 * MathF.Log(1 - random.Unit())) * MathF.Cos(2 * MathF.PI * random.Unit()))];
    }

    public static byte[] Encode(TargetCodec codec, Lesson lesson, float[] logits, int classes)
    {
        var rows = new byte[lesson.Samples.Count * codec.RowBytes(classes)];
        codec.Encode(lesson, logits, classes, rows);
        return rows;
    }

    public static EncodedTargets Targets(TargetCodec codec, Lesson lesson, byte[] rows, int classes)
    {
        var memory = PooledMemory.Rent(rows.Length);
        rows.CopyTo(memory.Writable);
        return new EncodedTargets(lesson, codec, classes, TimeSpan.FromMilliseconds(3), memory);
    }

    /// <summary>Decodes rows in the order that is asked for.</summary>
    public static Decoded Decode(TargetCodec codec, byte[] rows, int classes, params int[] order)
    {
        var lesson = Lesson(rows.Length / codec.RowBytes(classes));
        using var targets = codec.Open(
            new BatchRows([Targets(codec, lesson, rows, classes)], new int[order.Length], order));
        targets.Rows.ShouldBe(order.Length);
        if (targets is DenseTargets dense)
        {
            dense.Width.ShouldBe(classes);
            var logits = new float[order.Length * classes];
            dense.CopyTo(logits);
            return new Decoded([], logits, []);
        }

        var sparse = (SparseTargets)targets;
        sparse.Classes.ShouldBe(classes);
        var slots = order.Length * sparse.Slots;
        var (ids, logProbabilities, logTails) = (new long[slots], new float[slots], new float[order.Length]);
        sparse.CopyTo(ids, logProbabilities, logTails);
        return new Decoded(ids, logProbabilities, logTails);
    }

    /// <summary><c>log softmax(z / T)</c> in double precision.</summary>
    public static double[] LogSoftmax(ReadOnlySpan<float> logits, double temperature)
    {
        var tempered = logits.ToArray().Select(logit => logit / temperature).ToArray();
        var greatest = tempered.Max();
        var logSum = greatest + Math.Log(tempered.Sum(logit => Math.Exp(logit - greatest)));
        return [.. tempered.Select(logit => logit - logSum)];
    }
}

/// <summary>What a codec decodes.</summary>
/// <param name="Classes">Class numbers of sparse targets; empty for dense ones.</param>
/// <param name="Values">Log-probabilities of sparse targets, logits of dense ones.</param>
/// <param name="LogTails">Of sparse targets; empty for dense ones.</param>
internal sealed record Decoded(long[] Classes, float[] Values, float[] LogTails);
