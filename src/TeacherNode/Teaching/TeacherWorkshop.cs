using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Serving;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Distillation.Weights;
using Stillhouse.Hosting.Teaching;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Serialization;
using Stillhouse.Transport.Teaching;
using static Stillhouse.Messages.Teachers.TeacherProtocol;

namespace Stillhouse.TeacherNode.Teaching;

/// <summary>
/// Trains or loads a teacher on a thread of its own, and puts it into service there. Trainings go on from where they were saved last.
/// </summary>
public sealed class TeacherWorkshop(
    DatasetCache datasets,
    ArtifactStore artifacts,
    TrialCheckpoints checkpoints,
    ServedTeachers served,
    ITeachingAddress address,
    TimeProvider time)
{
    /// <summary>Serves a teacher that is new to the run.</summary>
    /// <exception cref="DataException">The dataset is not the one that the work refers to.</exception>
    /// <exception cref="WeightsRefusedException">The weights to load do not fit the network.</exception>
    /// <exception cref="NonFiniteLossException">The training diverged.</exception>
    public async Task<(ServingTeacher Teacher, TrainedOutcome Outcome)> PrepareAsync(
        StartTeacher start, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        var work = start.Work;
        // Before the work, not after it: what has been trained is in service with the very next step.
        var reachable = await address.GetAsync(cancellation).ConfigureAwait(false);
        var (replica, outcome) = await OnThreadAsync(
            work.Name, work.Network.Training.Threads, thread => Prepare(start, thread, progress, cancellation), cancellation)
            .ConfigureAwait(false);
        try
        {
            var probe = await replica.ProbeAsync(cancellation).ConfigureAwait(false);
            return (new ServingTeacher(reachable, replica, served.Add(replica)), outcome with { Probe = probe });
        }
        catch
        {
            replica.Dispose();
            throw;
        }
    }

    /// <summary>Serves a teacher that has been trained already, once it has answered the probe like its artifact.</summary>
    /// <exception cref="DataException">The dataset is not the one that the work refers to.</exception>
    /// <exception cref="WeightsRefusedException">The artifact is not in the store, or is damaged there.</exception>
    /// <exception cref="ProbeMismatchException">It answers something else.</exception>
    public async Task<ServingTeacher> LoadAsync(ReplicaWork work, CancellationToken cancellation)
    {
        var reachable = await address.GetAsync(cancellation).ConfigureAwait(false);
        var replica = await OnThreadAsync(work.Name, work.Threads, thread => Load(work, thread), cancellation).ConfigureAwait(false);
        try
        {
            var found = await replica.ProbeAsync(cancellation).ConfigureAwait(false);
            return found == work.Probe
                ? new ServingTeacher(reachable, replica, served.Add(replica))
                : throw new ProbeMismatchException(work.Name, work.Probe, found);
        }
        catch
        {
            replica.Dispose();
            throw;
        }
    }

    /// <summary>Starts a thread that is stopped again where its first work fails, and belongs to what it yields otherwise.</summary>
    private static async Task<T> OnThreadAsync<T>(string name, int threads, Func<TorchThread, T> work, CancellationToken cancellation)
    {
        var thread = new TorchThread(name, threads);
        try
        {
            return await thread.RunAsync(() => work(thread), cancellation).ConfigureAwait(false);
        }
        catch
        {
            thread.Dispose();
            throw;
        }
    }

    private (Replica Replica, TrainedOutcome Outcome) Prepare(
        StartTeacher start, TorchThread thread, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        var work = start.Work;
        var dataset = Find(work.Dataset);
        var network = Networks.Create(work.Network.Model, work.Network.Seed);
        try
        {
            var (pace, validation) = LoadOrTrain(network, start, dataset, progress, cancellation);
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

    private Replica Load(ReplicaWork work, TorchThread thread)
    {
        var dataset = Find(work.Dataset);
        var network = Networks.Load(work.Network.Model, artifacts.Get(work.Network.Weights));
        return new Replica(network, work.Network.Weights, dataset, thread, time);
    }

    /// <summary>Null where this node need not read it, for samples come with the lessons.</summary>
    private Dataset? Find(DatasetReference? reference) => reference is null ? null : datasets.Get(reference);

    private (TrainingPace? Pace, double? Validation) LoadOrTrain(
        Network network, StartTeacher start, Dataset? dataset, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        var work = start.Work;
        if (work.Weights is { } file)
        {
            network.Load(SafetensorsFile.Read(file));
            network.eval();
            return (null, dataset is null ? null : Evaluator.Accuracy(network, dataset.Validation));
        }

        if (dataset is null)
        {
            throw new InvalidOperationException($"{work.Name} has neither weights to load nor a dataset to train on.");
        }

        // The data may have taken a while; a training that is not wanted any more leaves no folder behind.
        cancellation.ThrowIfCancellationRequested();
        var saved = checkpoints.Open(start.Trial, ProtocolJson.DigestOf(work));
        var objective = new LabelObjective(work.Network.Training.LabelSmoothing);
        var trained = Trainer.Train(network, work.Network, dataset, objective, saved, progress, time, cancellation);
        return (trained.Pace, trained.Validation);
    }
}
