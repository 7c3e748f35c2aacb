namespace Stillhouse.Messages.Lessons;

/// <summary>Consecutive samples of one split: <paramref name="First"/> to <see cref="End"/> - 1.</summary>
/// <param name="First">The first sample id.</param>
/// <param name="Count">How many samples.</param>
public readonly record struct SampleRange(int First, int Count)
{
    /// <summary>The first sample id after the range.</summary>
    public int End => First + Count;

    /// <summary>Every sample id of the range, in order.</summary>
    public int[] Ids() => [.. Enumerable.Range(First, Count)];

    public override string ToString() => $"{First}..{End - 1}";
}
