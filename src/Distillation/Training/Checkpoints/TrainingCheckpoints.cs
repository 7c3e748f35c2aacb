namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>Resumes one training from where it was saved last, and saves it again as often as the cadence wants.</summary>
public sealed class TrainingCheckpoints
{
    private readonly CheckpointStore _store;
    private readonly CheckpointCadence _cadence;
    private readonly TimeProvider _time;
    private readonly Action<string> _unsaved;
    private long _savedSteps;
    private long _savedAt;

    /// <param name="store">Of this training alone.</param>
    /// <param name="cadence">How often it is saved.</param>
    /// <param name="time">Measures the cadence.</param>
    /// <param name="unsaved">Told why a state could not be saved: the training goes on, and is saved when it is due again.</param>
    public TrainingCheckpoints(CheckpointStore store, CheckpointCadence cadence, TimeProvider time, Action<string> unsaved)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        (_store, _cadence, _time, _unsaved) = (store, cadence, time, unsaved);
        Resumed = store.Latest();
        (_savedSteps, _savedAt) = (FirstStep, time.GetTimestamp());
    }

    /// <summary>What the training goes on from; null where it begins.</summary>
    public TrainingState? Resumed { get; }

    /// <summary>The first step that is left to do: what a feed must begin with.</summary>
    public long FirstStep => Resumed?.Progress.Total.Steps ?? 0;

    /// <summary>What was saved last; null where nothing was.</summary>
    public TrainingState? Latest() => _store.Latest();

    /// <summary>Saves the state after a step if that is due.</summary>
    /// <param name="steps">Steps done.</param>
    /// <param name="capture">Takes the state; called on this thread, or not at all.</param>
    public void Offer(long steps, Func<TrainingState> capture)
    {
        if (_cadence.IsDue(steps, _savedSteps, _time.GetElapsedTime(_savedAt)))
        {
            Save(steps, capture);
        }
    }

    /// <summary>Saves the state between two steps whether or not that is due, unless others count on the cadence: the training is about to stop.</summary>
    public void HandOff(long steps, Func<TrainingState> capture)
    {
        if (steps > _savedSteps && !_cadence.IsAligned)
        {
            Save(steps, capture);
        }
    }

    private void Save(long steps, Func<TrainingState> capture)
    {
        try
        {
            _store.Put(capture());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unsaved(e.Message);
        }

        (_savedSteps, _savedAt) = (steps, _time.GetTimestamp());
    }
}
