namespace Stillhouse.Distillation.Evaluation;

/// <summary>How many samples of each class a network took for which.</summary>
internal sealed class ConfusionMatrix
{
    private readonly int[][] _rows;

    /// <param name="predicted">N classes.</param>
    /// <param name="labels">N labels.</param>
    /// <param name="classes">C, above all of both.</param>
    public ConfusionMatrix(ReadOnlySpan<long> predicted, ReadOnlySpan<byte> labels, int classes)
    {
        if (predicted.Length != labels.Length)
        {
            throw new ArgumentException($"{predicted.Length} rows of logits do not fit {labels.Length} labels.", nameof(labels));
        }

        _rows = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        for (var sample = 0; sample < labels.Length; sample++)
        {
            _rows[labels[sample]][predicted[sample]]++;
        }
    }

    /// <summary><c>[C, C]</c>: a row for each label, a column for each class that was predicted.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Rows => _rows;

    /// <summary>Samples classified right.</summary>
    public int Right => _rows.Select((row, label) => row[label]).Sum();

    /// <summary>Of each class the share of its samples classified right; null for a class without samples.</summary>
    public IReadOnlyList<double?> Recall =>
        [.. _rows.Select((row, label) => row.Sum() is > 0 and var samples ? (double?)row[label] / samples : null)];

    /// <summary>The mean recall of the classes that have samples; 0 where none has.</summary>
    public double BalancedAccuracy => Recall.Average() ?? 0;
}
