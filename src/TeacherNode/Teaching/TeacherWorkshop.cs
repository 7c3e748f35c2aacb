using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Serving;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Lessons;

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
            var (replica, outcome) = await thread.RunAsync(() => Prepare(work, thread, progress, cancellation), cancellation);
            var reachable = await address.GetAsync(cancellation);
            served.Add(replica);
            return new ServingTeacher(outcome, reachable, () =>
            {
                served.Remove(replica);
                thread.Dispose();
            });
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
        var trained = work.Weights is { } file
            ? Load(network, file, dataset)
            : Trainer.Train(network, work.Network, dataset, new LabelObjective(), progress, time, cancellation);
        var weights = artifacts.Put(network.Save());
        var outcome = new TrainedOutcome(weights, network.ParameterCount, trained.Validation, trained.Pace);
        return (new Replica(network, weights, dataset, thread), outcome);
    }
}
