using Stillhouse.Messages.Lessons;

namespace Stillhouse.Distillation.Tests.Losses;

/// <summary>Logits, and perhaps features behind them, in an array.</summary>
internal sealed class ArrayTargets(float[] values, int width) : DenseTargets(values.Length / width, width)
{
    public bool IsDisposed { get; private set; }

    public static ArrayTargets Of(double[][] logits) =>
        new([.. logits.SelectMany(row => row).Select(value => (float)value)], logits[0].Length);

    public override void CopyTo(Span<float> destination)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        values.CopyTo(destination);
    }

    public override void Dispose() => IsDisposed = true;
}

/// <summary>Probabilities of some classes in arrays.</summary>
internal sealed class SparseArrayTargets(int classes, double temperature, (long Class, double LogProbability)[][] kept, double[] logRest)
    : SparseTargets(kept.Length, classes, kept[0].Length, temperature)
{
    public bool IsDisposed { get; private set; }

    /// <summary>What a top-k codec keeps.</summary>
    public static SparseArrayTargets Top(double[][] logits, int k, double temperature)
    {
        var rows = logits.Select(row => Arrays.Softmax(row, temperature)).ToArray();
        var kept = rows.Select(row => Enumerable.Range(0, row.Length).OrderByDescending(label => row[label]).Take(k).ToArray()).ToArray();
        return new SparseArrayTargets(
            logits[0].Length,
            temperature,
            [.. rows.Zip(kept, (row, top) => top.Select(label => ((long)label, Math.Log(row[label]))).ToArray())],
            [.. rows.Zip(kept, (row, top) => k < row.Length ? Math.Log(row.Where((_, label) => !top.Contains(label)).Sum()) : double.NegativeInfinity)]);
    }

    public override void CopyTo(Span<long> classes, Span<float> logProbabilities, Span<float> logTails)
    {
        for (var slot = 0; slot < Rows * Slots; slot++)
        {
            (classes[slot], var logProbability) = kept[slot / Slots][slot % Slots];
            logProbabilities[slot] = (float)logProbability;
        }

        for (var row = 0; row < Rows; row++)
        {
            logTails[row] = (float)logRest[row];
        }
    }

    public override void Dispose() => IsDisposed = true;
}
