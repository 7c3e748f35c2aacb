namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>Resumes one training from where it was saved last, and saves it again as often as the cadence wants.</summary>
public sealed class TrainingCheckpoints
{
    private readonly CheckpointStore _store;
    private readonly CheckpointCadence _cadence;
    private readonly TimeProvider _time;
    private long _savedSteps;
    private long _savedAt;

    public TrainingCheckpoints(CheckpointStore store, CheckpointCadence cadence, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        (_store, _cadence, _time) = (store, cadence, time);
        Resumed = store.Latest();
        (_savedSteps, _savedAt) = (FirstStep, time.GetTimestamp());
    }

    /// <summary>What the training goes on from; null where it begins.</summary>
    public TrainingState? Resumed { get; }

    /// <summary>The first step that is left to do: what a feed must begin with.</summary>
    public long FirstStep => Resumed?.Progress.Total.Steps ?? 0;

    /// <summary>Saves the state after a step if that is due.</summary>
    /// <param name="steps">Steps done.</param>
    /// <param name="capture">Takes the state; called on this thread, or not at all.</param>
    public void Offer(long steps, Func<TrainingState> capture)
    {
        if (_cadence.IsDue(steps - _savedSteps, _time.GetElapsedTime(_savedAt)))
        {
            Save(steps, capture);
        }
    }

    /// <summary>Saves the state between two steps whether or not that is due: the training is about to stop.</summary>
    public void HandOff(long steps, Func<TrainingState> capture)
    {
        if (steps > _savedSteps)
        {
            Save(steps, capture);
        }
    }

    private void Save(long steps, Func<TrainingState> capture)
    {
        _store.Put(capture());
        (_savedSteps, _savedAt) = (steps, _time.GetTimestamp());
    }
}
