namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>A checkpoint is damaged, or is not one of this training.</summary>
/// <param name="path">The file.</param>
/// <param name="expected">What belongs there.</param>
/// <param name="found">What is there.</param>
public sealed class CheckpointRefusedException(string path, string expected, string found)
    : Exception($"{path}: expected {expected}, found {found}");
