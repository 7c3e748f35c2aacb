using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Training;

/// <summary>Reports where a training stands at most four times a second, and at the end of every epoch.</summary>
internal sealed class ProgressMeter(TrainingSteps steps, IProgress<TrialProgress> progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private Tally _total;
    private Tally _sinceReport;
    private double? _validation;
    private long _reported = time.GetTimestamp();

    /// <summary>Over all steps.</summary>
    public TrainingPace Pace => new(_total.Elapsed.TotalSeconds, _total.SamplesPerSecond, _total.WaitShare);

    private bool IsEpochEnd => _total.Steps % steps.PerEpoch == 0;

    /// <summary>Announces the training before its first step.</summary>
    public void Begin() => Report();

    /// <summary>Counts a step.</summary>
    public void Add(Tally step)
    {
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
            _sinceReport.WaitShare));
        _sinceReport = default;
        _reported = time.GetTimestamp();
    }
}
