namespace Stillhouse.Messages.Lessons;

/// <summary>What a network answers to a lesson, in memory, wherever that is: logits, and behind them the features that were asked for.</summary>
public interface ILogits : IDisposable
{
    /// <summary>Samples.</summary>
    int Rows { get; }

    /// <summary>Values per sample.</summary>
    int Width { get; }

    /// <summary>All of them, row by row, <c>Rows × Width</c>; valid until disposal.</summary>
    ReadOnlySpan<float> Values { get; }
}

/// <summary>A teacher's answer to a lesson, as it came out of the network. Whoever holds it disposes it.</summary>
/// <param name="Lesson">What was asked: targets say which samples they belong to.</param>
/// <param name="Logits">One row per sample of the lesson, in order.</param>
/// <param name="ComputeTime">How long the forward pass took on its device.</param>
public sealed record SoftTargets(Lesson Lesson, ILogits Logits, TimeSpan ComputeTime) : IDisposable
{
    public void Dispose() => Logits.Dispose();
}
