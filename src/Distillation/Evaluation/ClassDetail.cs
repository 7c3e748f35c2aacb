namespace Stillhouse.Distillation.Evaluation;

/// <summary>
/// What measurements say of single classes. An examination measures several networks and its result is one message, which must
/// stay below Akka's frame of 128 kB, so it says less where networks and classes are many.
/// </summary>
/// <param name="HasRecall">Whether there is a recall for each class.</param>
/// <param name="HasConfusion">Whether there is a confusion matrix.</param>
public readonly record struct ClassDetail(bool HasRecall, bool HasConfusion)
{
    /// <summary>Up to 20 bytes each.</summary>
    private const int MaximumRecalls = 2_000;

    /// <summary>Most are zeros, of 2 bytes each.</summary>
    private const int MaximumCells = 20_000;

    private const int MaximumConfusedClasses = 100;

    /// <summary>For figures that are sent nowhere.</summary>
    public static ClassDetail All { get; } = new(true, true);

    /// <summary>As much as fits a message of so many networks.</summary>
    public static ClassDetail Of(int networks, int classes) => new(
        (long)networks * classes <= MaximumRecalls,
        classes <= MaximumConfusedClasses && (long)networks * classes * classes <= MaximumCells);
}
