using Stillhouse.Messages.Randomness;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests;

/// <summary>Plain-array, double-precision references, written from the formulas.</summary>
internal static class Arrays
{
    public static double[][] Logits(long seed, int rows, int classes, double scale = 3)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
            Enumerable.Range(0, classes).Select(_ => scale * random.Between(-1, 1)).ToArray())];
    }

    public static double[] Softmax(double[] logits, double temperature = 1)
    {
        var exponentials = logits.Select(logit => Math.Exp(logit / temperature)).ToArray();
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    public static double Kl(double[] p, double[] q) => p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum();

    public static double[] Mean(IEnumerable<double[]> rows) =>
        rows.Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]).Select(sum => sum / rows.Count()).ToArray();

    public static int ArgMax(double[] values) => Array.IndexOf(values, values.Max());

    public static Tensor ToTensor(double[][] rows, ScalarType type = ScalarType.Float64) =>
        tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length], ScalarType.Float64).to(type);

    public static double[] ToArray(Tensor values) => values.to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
