using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Training;

/// <summary>How a training ended.</summary>
/// <param name="Pace">Speed and waiting over all steps.</param>
/// <param name="Validation">Accuracy on the validation split after the last step, 0 to 1.</param>
/// <param name="Stopped">Why it ended before its last step; null where it did not.</param>
public sealed record TrainedNetwork(TrainingPace Pace, double Validation, StoppedTraining? Stopped);
