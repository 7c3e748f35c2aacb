namespace Stillhouse.Messages.Lessons;

/// <summary>Logits of a lesson in memory, wherever that is.</summary>
public interface ILogits : IDisposable
{
    /// <summary>Samples.</summary>
    int Rows { get; }

    /// <summary>Logits per sample.</summary>
    int Classes { get; }

    /// <summary>All logits, row by row, <c>Rows × Classes</c> values; valid until disposal.</summary>
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
