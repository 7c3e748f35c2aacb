using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Training;

/// <summary>Reports where a training stands at most four times a second, and at the end of every epoch.</summary>
/// <param name="steps">All steps of the training.</param>
/// <param name="begun">What lies behind it already.</param>
internal sealed class ProgressMeter(TrainingSteps steps, TrainingProgress begun, IProgress<TrialProgress> progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Accuracies in one report; one that is lost is made up for by the next.</summary>
    private const int CurveLength = 16;

    private Tally _total = begun.Total;
    private Tally _sinceReport;
    private readonly Queue<double> _curve = new(begun.Validation is { } validation ? [validation] : []);
    private double? _validation = begun.Validation;
    private double? _lastLoss = begun.LastLoss;
    private long _reported = time.GetTimestamp();

    /// <summary>What lies behind the training by now.</summary>
    public TrainingProgress Progress => new(_total, _lastLoss, _validation);

    /// <summary>Over all steps.</summary>
    public TrainingPace Pace => new(_total.Elapsed.TotalSeconds, _total.SamplesPerSecond, _total.WaitShare);

    private bool IsEpochEnd => _total.Steps % steps.PerEpoch == 0;

    /// <summary>Announces the training before its first step.</summary>
    public void Begin() => Report();

    /// <summary>Counts a step.</summary>
    public void Add(Tally step)
    {
        _lastLoss = step.LossSum;
        _total += step;
        _sinceReport += step;
        if (!IsEpochEnd && time.GetElapsedTime(_reported) >= Interval)
        {
            Report();
        }
    }

    /// <summary>Closes an epoch with what its validation gave.</summary>
    public void EndEpoch(double validation)
    {
        _validation = validation;
        _curve.Enqueue(validation);
        if (_curve.Count > CurveLength)
        {
            _curve.Dequeue();
        }

        Report();
    }

    private void Report()
    {
        progress.Report(new TrialProgress(
            Epoch: (int)(Math.Max(0, _total.Steps - 1) / steps.PerEpoch) + 1,
            Epochs: (int)(steps.Count / steps.PerEpoch),
            _total.Steps,
            steps.Count,
            _sinceReport.MeanLoss,
            _validation,
            _sinceReport.SamplesPerSecond,
            _sinceReport.WaitShare,
            Complete: (int)(_total.Steps / steps.PerEpoch),
            [.. _curve]));
        _sinceReport = default;
        _reported = time.GetTimestamp();
    }
}
