namespace Stillhouse.Messages.Lessons;

/// <summary>One teacher's targets for a batch, row by row in the order of its samples. Disposing them says that they are used up.</summary>
public abstract class BatchTargets(int rows) : IDisposable
{
    /// <summary>Samples in the batch, B.</summary>
    public int Rows { get; } = rows;

    public abstract void Dispose();
}

/// <summary>Logits of every class, and behind them the features that were asked for.</summary>
public abstract class DenseTargets(int rows, int width) : BatchTargets(rows)
{
    /// <summary>Values per sample, W.</summary>
    public int Width { get; } = width;

    /// <summary>Decodes all rows.</summary>
    /// <param name="values"><c>B × W</c> values, row by row.</param>
    public abstract void CopyTo(Span<float> values);
}

/// <summary>Probabilities of some classes of each sample, at one temperature.</summary>
/// <param name="slots">Classes per sample, K; a row with fewer fills up with class 0 at probability 0.</param>
/// <param name="temperature">T of the softmax that the probabilities come from; they cannot be tempered afterwards.</param>
public abstract class SparseTargets(int rows, int classes, int slots, double temperature) : BatchTargets(rows)
{
    /// <summary>Classes that the teacher tells apart, C.</summary>
    public int Classes { get; } = classes;

    public int Slots { get; } = slots;

    public double Temperature { get; } = temperature;

    /// <summary>Decodes all rows.</summary>
    /// <param name="classes"><c>B × K</c> class numbers; no class has two slots of a row with a probability above 0.</param>
    /// <param name="logProbabilities">
    /// <c>B × K</c> logarithms of their probabilities; negative infinity where a slot is unused.
    /// </param>
    /// <param name="logTails">
    /// <c>B</c> logarithms of what all other classes have together; negative infinity where that is nothing.
    /// </param>
    public abstract void CopyTo(Span<long> classes, Span<float> logProbabilities, Span<float> logTails);
}
