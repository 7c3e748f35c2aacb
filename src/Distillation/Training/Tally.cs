namespace Stillhouse.Distillation.Training;

/// <summary>What a stretch of training steps amounted to.</summary>
/// <param name="Steps">Optimizer steps.</param>
/// <param name="Samples">Samples met.</param>
/// <param name="LossSum">The steps' losses, added up.</param>
/// <param name="Elapsed">Time of the steps, waiting included.</param>
/// <param name="Waited">Time in which they waited for teachers.</param>
public readonly record struct Tally(long Steps, long Samples, double LossSum, TimeSpan Elapsed, TimeSpan Waited)
{
    public double? MeanLoss => Steps == 0 ? null : LossSum / Steps;

    public double SamplesPerSecond => Elapsed > TimeSpan.Zero ? Samples / Elapsed.TotalSeconds : 0;

    public double WaitShare => Elapsed > TimeSpan.Zero ? Waited / Elapsed : 0;

    public static Tally operator +(Tally left, Tally right) => new(
        left.Steps + right.Steps,
        left.Samples + right.Samples,
        left.LossSum + right.LossSum,
        left.Elapsed + right.Elapsed,
        left.Waited + right.Waited);
}
