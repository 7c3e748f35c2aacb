using Microsoft.Extensions.Logging;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>Where trials are saved: a folder for each, which all nodes that train share, so that any of them can go on.</summary>
/// <param name="folder">Holds <c>RUN/TRIAL</c>.</param>
/// <param name="cadence">How often.</param>
public sealed partial class TrialCheckpoints(string folder, CheckpointCadence cadence, ILogger<TrialCheckpoints> log, TimeProvider time)
{
    /// <summary>Reads what was saved last. A checkpoint that cannot be used is passed over with a warning.</summary>
    /// <param name="work">Of everything that the trial's final weights depend on.</param>
    /// <param name="own">How often this trial is saved; null for as often as all are.</param>
    public TrainingCheckpoints Open(TrialId trial, Digest work, CheckpointCadence? own = null)
    {
        var store = new CheckpointStore(
            Path.Combine(folder, trial.Run.Value, trial.Name), work, reason => LogRefused(trial, reason));
        var checkpoints = new TrainingCheckpoints(store, own ?? cadence, time, reason => LogUnsaved(trial, reason));
        if (checkpoints.Resumed is not null)
        {
            LogResumed(trial, checkpoints.FirstStep);
        }

        return checkpoints;
    }

    [LoggerMessage(LogLevel.Information, "{Trial} goes on from its checkpoint before step {Step}")]
    private partial void LogResumed(TrialId trial, long step);

    [LoggerMessage(LogLevel.Warning, "{Trial} could not be saved and goes on: {Reason}")]
    private partial void LogUnsaved(TrialId trial, string reason);

    [LoggerMessage(LogLevel.Warning, "{Trial} passes over a checkpoint: {Reason}")]
    private partial void LogRefused(TrialId trial, string reason);
}
