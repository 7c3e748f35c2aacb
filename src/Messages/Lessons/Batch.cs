namespace Stillhouse.Messages.Lessons;

/// <summary>One step of a schedule: what a student meets at once. Its targets are rows of the lessons that cover it.</summary>
/// <param name="Number">Position in the schedule, from 0.</param>
/// <param name="Split">The part of the dataset that the ids count in.</param>
/// <param name="View">How the samples are seen, by student and teachers alike.</param>
/// <param name="SampleIds">The samples, in order.</param>
public sealed record Batch(long Number, Split Split, View View, IReadOnlyList<int> SampleIds);
