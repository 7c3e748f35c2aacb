namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>When a training is due for a checkpoint: so many steps or so much time after the last one, whichever comes first.</summary>
/// <param name="Steps">At least 1.</param>
/// <param name="Time">Wall-clock time; weights do not depend on it.</param>
/// <param name="IsAligned">Whether it is saved after every multiple of the steps, and then alone: others count on it.</param>
public readonly record struct CheckpointCadence(long Steps, TimeSpan Time, bool IsAligned = false)
{
    /// <summary>After every multiple of so many steps.</summary>
    public static CheckpointCadence Every(long steps) => new(steps, TimeSpan.MaxValue, IsAligned: true);

    /// <param name="done">Steps done.</param>
    /// <param name="saved">Steps done at the last checkpoint.</param>
    /// <param name="elapsed">Since then.</param>
    public bool IsDue(long done, long saved, TimeSpan elapsed) =>
        IsAligned ? done % Steps == 0 : done - saved >= Steps || (done > saved && elapsed >= Time);
}
