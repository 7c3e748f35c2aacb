using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Serving;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.TeacherNode.Teaching;

/// <summary>Trains or loads a teacher on a thread of its own, and puts it into service there.</summary>
public sealed class TeacherWorkshop(
    DatasetCache datasets, ArtifactStore artifacts, ServedTeachers served, ITeachingAddress address, TimeProvider time)
{
    /// <exception cref="DataException">The dataset is not the one that the work refers to.</exception>
    /// <exception cref="WeightsRefusedException">The weights to load do not fit the network.</exception>
    /// <exception cref="NonFiniteLossException">The training diverged.</exception>
    public async Task<ServingTeacher> PrepareAsync(TeacherWork work, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        // Before the work, not after it: what has been trained is in service with the very next step.
        var reachable = await address.GetAsync(cancellation).ConfigureAwait(false);
        var thread = new TorchThread(work.Name, work.Network.Training.Threads);
        try
        {
            var (replica, outcome) = await thread.RunAsync(() => Prepare(work, thread, progress, cancellation), cancellation)
                .ConfigureAwait(false);
            return new ServingTeacher(outcome, reachable, replica, served.Add(replica));
        }
        catch
        {
            thread.Dispose();
            throw;
        }
    }

    private (Replica Replica, TrainedOutcome Outcome) Prepare(
        TeacherWork work, TorchThread thread, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        var dataset = datasets.Get(work.Dataset);
        var network = Networks.Create(work.Network.Model, work.Network.Seed);
        try
        {
            var (pace, validation) = LoadOrTrain(network, work, dataset, progress, cancellation);
            var weights = artifacts.Put(network.Save());
            var outcome = new TrainedOutcome(weights, network.ParameterCount, validation, pace);
            return (new Replica(network, weights, dataset, thread, time), outcome);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private (TrainingPace? Pace, double Validation) LoadOrTrain(
        Network network, TeacherWork work, Dataset dataset, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        if (work.Weights is not { } file)
        {
            var trained = Trainer.Train(network, work.Network, dataset, new LabelObjective(), progress, time, cancellation);
            return (trained.Pace, trained.Validation);
        }

        network.Load(SafetensorsFile.Read(file));
        network.eval();
        return (null, Evaluator.Accuracy(network, dataset.Validation));
    }
}
