using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Training;

/// <summary>Trains one network. Its final weights are a pure function of the work, the dataset and the objective's answers.</summary>
public sealed class Trainer
{
    private readonly Network _network;
    private readonly NetworkTraining _work;
    private readonly Dataset _dataset;
    private readonly IObjective _objective;
    private readonly TimeProvider _time;
    private readonly TrainingSteps _steps;
    private readonly MaxNorm? _maxNorm;

    private Trainer(Network network, NetworkTraining work, Dataset dataset, IObjective objective, TimeProvider time)
    {
        (_network, _work, _dataset, _objective, _time) = (network, work, dataset, objective, time);
        _steps = new TrainingSteps(work, dataset.Train);
        _maxNorm = work.Training.MaxNorm is { } limit ? new MaxNorm(network, limit) : null;
    }

    /// <summary>Runs every step of the work on the calling thread, which is the trial's own.</summary>
    /// <param name="network">Changed in place; left in evaluation mode.</param>
    /// <param name="work">Hyperparameters and seed.</param>
    /// <param name="dataset">Its training split is learnt, its validation split measured after every epoch.</param>
    /// <param name="objective">The loss.</param>
    /// <param name="checkpoints">Where the training is resumed from, and saved between two steps; null for neither.</param>
    /// <param name="progress">Told at most four times a second and at the end of every epoch, on this thread.</param>
    /// <param name="time">Measures speed; weights do not depend on it.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>Where the objective ended the lessons, the network is that of the last step before.</returns>
    /// <exception cref="ArgumentException">Network and dataset do not fit together.</exception>
    /// <exception cref="NonFiniteLossException">The loss became NaN or infinite.</exception>
    public static TrainedNetwork Train(
        Network network,
        NetworkTraining work,
        Dataset dataset,
        IObjective objective,
        TrainingCheckpoints? checkpoints,
        IProgress<TrialProgress> progress,
        TimeProvider time,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        if (network.Spec.Inputs != dataset.Shape.Size || network.Spec.Outputs != dataset.Classes)
        {
            throw new ArgumentException(
                $"The network maps {network.Spec.Inputs} values to {network.Spec.Outputs} classes; "
                + $"the dataset has {dataset.Shape} values and {dataset.Classes} classes.", nameof(network));
        }

        return new Trainer(network, work, dataset, objective, time).Run(checkpoints, progress, cancellation);
    }

    private TrainedNetwork Run(TrainingCheckpoints? checkpoints, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        using var optimizer = Optimizers.Create(_work.Training.Optimizer, [.. _network.parameters(), .. _objective.Parameters]);
        var resumed = checkpoints?.Resumed;
        resumed?.Restore(_network, optimizer, _objective);
        var meter = new ProgressMeter(_steps, resumed?.Progress ?? TrainingProgress.None, progress, _time);
        TrainingState Capture() => TrainingState.Capture(meter.Progress, _network, optimizer, _objective);
        StoppedTraining? stopped = null;
        meter.Begin();
        _network.train();
        foreach (var batch in _steps.From(meter.Progress.Total.Steps))
        {
            if (cancellation.IsCancellationRequested)
            {
                checkpoints?.HandOff(batch.Number, Capture);
                throw new OperationCanceledException(cancellation);
            }

            var (started, waited) = (_time.GetTimestamp(), _objective.Waited);
            double loss;
            try
            {
                loss = Step(optimizer, batch, meter.Progress.LastLoss, cancellation);
            }
            catch (LessonsEndedException e)
            {
                stopped = new StoppedTraining(batch.Number, e.Message);
                break;
            }

            meter.Add(new Tally(1, batch.SampleIds.Count, loss, _time.GetElapsedTime(started), _objective.Waited - waited));
            if ((batch.Number + 1) % _steps.PerEpoch == 0)
            {
                _network.eval();
                meter.EndEpoch(Evaluator.Accuracy(_network, _dataset.Validation));
                _network.train();
            }

            checkpoints?.Offer(batch.Number + 1, Capture);
        }

        _network.eval();
        return new TrainedNetwork(meter.Pace, Finish(meter.Progress, stopped), stopped);
    }

    /// <summary>
    /// The accuracy on the validation split. It has been measured already unless the training stopped within an epoch, or the
    /// biases are corrected. That comes after the last checkpoint, so a training that resumes after its last step does it as well.
    /// </summary>
    private double Finish(TrainingProgress progress, StoppedTraining? stopped)
    {
        if (_work.Training.BiasCorrection)
        {
            BiasCorrection.Apply(_network, _dataset.Validation);
        }
        else if (stopped is null && progress.Validation is { } validation)
        {
            return validation;
        }

        return Evaluator.Accuracy(_network, _dataset.Validation);
    }

    private double Step(optim.Optimizer optimizer, Batch batch, double? lastLoss, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var rate = _work.Training.Optimizer.PeakRate
            * LearningRates.Factor(_work.Training.LearningRate, batch.Number, _steps.Count, _steps.PerEpoch);
        optimizer.SetRate(rate);
        optimizer.zero_grad();
        var inputs_BS = Batches.Inputs(_dataset.Train, _dataset.Shape, batch.View, batch.SampleIds, _network.Device);
        var labels_B = Batches.Labels(_dataset.Train, batch.SampleIds, _network.Device);
        var loss = _objective.Loss(batch, _network.Observe(inputs_BS, _objective.Features), labels_B, cancellation);
        var value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            throw new NonFiniteLossException(batch.Number, rate, value, lastLoss);
        }

        loss.backward();
        optimizer.step();
        _maxNorm?.Apply();
        return value;
    }
}
