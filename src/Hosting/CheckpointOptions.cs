namespace Stillhouse.Hosting;

/// <summary>How often a training on this node saves itself: after so many steps or seconds, whichever comes first.</summary>
/// <param name="Steps">At least 1; null for no such limit.</param>
/// <param name="Seconds">At least 1; null for no such limit.</param>
public sealed record CheckpointOptions(int? Steps, int? Seconds)
{
    public static CheckpointOptions Default { get; } = new(Steps: null, Seconds: 10);
}
