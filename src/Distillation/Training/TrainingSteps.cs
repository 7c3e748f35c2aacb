using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Data.Views;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Training;

/// <summary>
/// The batches of a training, one per step. The feed asks teachers for them and the trainer takes them, both from here, so
/// the two cannot disagree.
/// </summary>
public sealed class TrainingSteps
{
    private readonly NetworkTraining _work;
    private readonly BatchSchedule _schedule;

    /// <param name="work">Gives schedule, batch size, epochs, samples, view, label smoothing and seed.</param>
    /// <param name="samples">The whole training split.</param>
    public TrainingSteps(NetworkTraining work, SampleSet samples)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(samples);
        _work = work;
        Blocks = new CanonicalBlocks(samples.Count, work.Schedule.Block);
        _schedule = new BatchSchedule(
            new ChosenSamples(work.Training.Samples, samples.Labels, samples.Unlabelled),
            Blocks,
            work.Schedule.Window,
            work.Training.BatchSize,
            Seeds.Derive(work.Batches ?? work.Seed, "schedule"));
    }

    /// <summary>What teachers are asked about.</summary>
    public CanonicalBlocks Blocks { get; }

    /// <summary>Steps in one epoch.</summary>
    public int PerEpoch => _schedule.StepsPerEpoch;

    /// <summary>Steps in all.</summary>
    public long Count => (long)PerEpoch * _work.Training.Epochs;

    /// <summary>Samples in the batch of a step: an epoch's last one may have fewer.</summary>
    public int SizeOf(long step) => _schedule.SizeOf((int)(step % PerEpoch));

    /// <summary>The share of each label that is spread over all classes, 0 to below 1.</summary>
    public double LabelSmoothing => _work.Training.LabelSmoothing;

    /// <summary>The batches of all steps from the first to the last, made as they are asked for.</summary>
    public IEnumerable<Batch> All() => From(0);

    /// <summary>The batches from one step on. Epochs before it are not made.</summary>
    /// <param name="step">From 0 to <see cref="Count"/>, where none are left.</param>
    public IEnumerable<Batch> From(long step)
    {
        var seed = Seeds.Derive(_work.Batches ?? _work.Seed, "view");
        for (var epoch = (int)(step / PerEpoch); epoch < _work.Training.Epochs; epoch++)
        {
            var view = _work.Training.View.In(epoch, seed);
            var number = (long)epoch * PerEpoch;
            foreach (var ids in _schedule.Epoch(epoch))
            {
                if (number >= step)
                {
                    yield return new Batch(number, Split.Train, view, ids);
                }

                number++;
            }
        }
    }
}
