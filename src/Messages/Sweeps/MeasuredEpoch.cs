namespace Stillhouse.Messages.Sweeps;

/// <summary>What a trial had after an epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Accuracy">On the validation split, 0 to 1.</param>
public sealed record MeasuredEpoch(int Epoch, double Accuracy);
