namespace Stillhouse.Messages.Lessons;

/// <summary>Logits of a batch, wherever they live: in a tensor of this process or in a buffer that came off the wire.</summary>
public interface ILogits : IDisposable
{
    /// <summary>Samples in the batch.</summary>
    int Rows { get; }

    /// <summary>Logits per sample.</summary>
    int Classes { get; }

    /// <summary>All logits, row by row, <c>Rows × Classes</c> values; valid until disposal.</summary>
    ReadOnlySpan<float> Values { get; }
}

/// <summary>
/// A teacher's answer to a lesson. The sample ids travel with the logits and are checked against the lesson, so a
/// target can never be used for another sample. Disposing it says that the student has used it up.
/// </summary>
/// <param name="usedUp">Called once, on disposal: whoever lent the answer may lend the next.</param>
public sealed class SoftTargets(
    long lessonNumber, IReadOnlyList<int> sampleIds, ILogits logits, TimeSpan computeTime, Action? usedUp = null) : IDisposable
{
    private Action? _usedUp = usedUp;

    public long LessonNumber { get; } = lessonNumber;

    public IReadOnlyList<int> SampleIds { get; } = sampleIds;

    public ILogits Logits { get; } = logits;

    /// <summary>How long the teacher's forward pass took on its device.</summary>
    public TimeSpan ComputeTime { get; } = computeTime;

    public void Dispose()
    {
        Logits.Dispose();
        Interlocked.Exchange(ref _usedUp, null)?.Invoke();
    }
}
