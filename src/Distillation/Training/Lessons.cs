using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Training;

/// <summary>
/// The lessons of a training, one per step. The feed asks teachers for them and the trainer takes them, both from here,
/// so the two cannot disagree.
/// </summary>
public sealed class Lessons
{
    private readonly int _epochs;
    private readonly BatchSchedule _schedule;

    /// <param name="work">Gives batch size, epochs and seed.</param>
    /// <param name="samples">Samples in the training split.</param>
    public Lessons(NetworkTraining work, int samples)
    {
        ArgumentNullException.ThrowIfNull(work);
        _epochs = work.Training.Epochs;
        _schedule = new BatchSchedule(samples, work.Training.BatchSize, Seeds.Derive(work.Seed, "schedule"));
    }

    /// <summary>Steps in one epoch.</summary>
    public int PerEpoch => _schedule.StepsPerEpoch;

    /// <summary>Steps in all.</summary>
    public long Count => (long)PerEpoch * _epochs;

    /// <summary>All lessons from the first step to the last, made as they are asked for.</summary>
    public IEnumerable<Lesson> All()
    {
        var number = 0L;
        for (var epoch = 0; epoch < _epochs; epoch++)
        {
            foreach (var ids in _schedule.Epoch(epoch))
            {
                yield return new Lesson(number++, Split.Train, ids);
            }
        }
    }
}
