namespace Stillhouse.Messages.Lessons;

/// <summary>Which part of a dataset a sample id counts in.</summary>
public enum Split
{
    Train = 1,
    Validation = 2,
    Test = 3,
}

/// <summary>
/// What teachers are asked about: samples of the dataset that both sides agreed on when the channel was opened.
/// </summary>
/// <param name="Number">Position in the student's schedule, from 0; answers carry it back.</param>
/// <param name="Split">The part of the dataset that the ids count in.</param>
/// <param name="SampleIds">The samples in the order of the batch.</param>
public sealed record Lesson(long Number, Split Split, IReadOnlyList<int> SampleIds);
