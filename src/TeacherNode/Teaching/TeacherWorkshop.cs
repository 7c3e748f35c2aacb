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
        var thread = new TorchThread(work.Name, work.Network.Training.Threads);
        try
        {
            var (replica, outcome) = await thread.RunAsync(() => Prepare(work, thread, progress, cancellation), cancellation)
                .ConfigureAwait(false);
            var reachable = await address.GetAsync(cancellation).ConfigureAwait(false);
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
        TrainingPace? pace = null;
        double validation;
        if (work.Weights is { } file)
        {
            network.Load(SafetensorsFile.Read(file));
            network.eval();
            validation = Evaluator.Accuracy(network, dataset.Validation);
        }
        else
        {
            (pace, validation) = Trainer.Train(network, work.Network, dataset, new LabelObjective(), progress, time, cancellation);
        }

        var weights = artifacts.Put(network.Save());
        var outcome = new TrainedOutcome(weights, network.ParameterCount, validation, pace);
        return (new Replica(network, weights, dataset, thread, time), outcome);
    }
}
