namespace Stillhouse.Distillation.Training;

/// <summary>The loss became NaN or infinite. It was noticed before the optimizer touched the weights.</summary>
/// <param name="step">The step, from 0.</param>
/// <param name="learningRate">The rate of that step.</param>
/// <param name="loss">What the loss was.</param>
/// <param name="lastFiniteLoss">The loss of the step before; null in the first step.</param>
public sealed class NonFiniteLossException(long step, double learningRate, double loss, double? lastFiniteLoss)
    : Exception(
        $"step {step}: the loss is {loss} at learning rate {learningRate:g4}; the last finite loss was "
        + $"{lastFiniteLoss?.ToString("g4") ?? "none"}; lower the learning rate or lengthen its warm-up.")
{
    public long Step { get; } = step;

    public double LearningRate { get; } = learningRate;

    public double? LastFiniteLoss { get; } = lastFiniteLoss;
}
