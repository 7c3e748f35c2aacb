namespace Stillhouse.Messages.Lessons;

/// <summary>Which part of a dataset a sample id counts in.</summary>
public enum Split
{
    Train = 1,
    Validation = 2,
    Test = 3,
}

/// <summary>
/// What a teacher is asked about: consecutive samples of the dataset that both sides agreed on, seen in one way. Its soft
/// targets are a pure function of (teacher artifact, lesson), so equal lessons have equal answers, to the last bit.
/// </summary>
/// <param name="Split">The part of the dataset that the samples count in.</param>
/// <param name="View">How they are seen.</param>
/// <param name="Samples">Which; students ask about whole blocks (<see cref="CanonicalBlocks"/>), so that answers can be shared.</param>
public sealed record Lesson(Split Split, View View, SampleRange Samples)
{
    public override string ToString() => $"{Split} {Samples}{(View is PlainView ? "" : $" ({View})")}";
}
