namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>When a training is due for a checkpoint: so many steps or so much time after the last one, whichever comes first.</summary>
/// <param name="Steps">At least 1.</param>
/// <param name="Time">Wall-clock time; weights do not depend on it.</param>
public readonly record struct CheckpointCadence(long Steps, TimeSpan Time)
{
    /// <param name="steps">Since the last checkpoint.</param>
    /// <param name="elapsed">Since then.</param>
    public bool IsDue(long steps, TimeSpan elapsed) => steps >= Steps || (steps > 0 && elapsed >= Time);
}
