using System.Diagnostics;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Serving;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Serialization;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.StudentNode.Learning;

/// <summary>Does a student trial's work on a thread of its own. Trainings go on from where they were saved last.</summary>
public sealed class StudentWorkshop(
    DatasetCache datasets,
    ArtifactStore artifacts,
    TrialCheckpoints checkpoints,
    TaughtFeeds feeds,
    EnsembleLearning ensembles,
    PeerWorkshop peers,
    Examination examination,
    TimeProvider time)
{
    /// <param name="roster">Where the trial's teachers are.</param>
    /// <param name="serving">Told where networks that learn beside this one can ask it, if there are such.</param>
    /// <exception cref="DataException">The dataset is not the one that the work refers to.</exception>
    /// <exception cref="NonFiniteLossException">The training diverged.</exception>
    /// <exception cref="LessonRefusedException">A teacher cannot answer what this trial asks.</exception>
    public async Task<TrialOutcome> WorkAsync(
        StartTrial start, TeacherRoster roster, Action<Uri> serving, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        using var thread = new TorchThread(start.Trial.ToString(), start.Work.Threads);
        var dataset = await thread.RunAsync(() => datasets.Get(start.Work.Dataset), cancellation).ConfigureAwait(false);
        Task<TrainingCheckpoints> OpenCheckpoints(CheckpointCadence? own = null) =>
            thread.RunAsync(() => checkpoints.Open(start.Trial, Identify(start.Work), own), cancellation);
        switch (start.Work)
        {
            case BaselineWork work:
                var saved = await OpenCheckpoints().ConfigureAwait(false);
                return await thread
                    .RunAsync(() => Train(work.Network, dataset, new LabelObjective(work.Network.Training.LabelSmoothing), saved, progress, cancellation), cancellation)
                    .ConfigureAwait(false);
            case DistillWork work:
                return await DistillAsync(
                    work, dataset, thread, roster, await OpenCheckpoints().ConfigureAwait(false), progress, cancellation).ConfigureAwait(false);
            case PeerWork work:
                var kept = await OpenCheckpoints(CheckpointCadence.Every(work.Exchange.SaveEvery)).ConfigureAwait(false);
                return await peers.TrainAsync(work, dataset, thread, kept, roster, serving, progress, cancellation).ConfigureAwait(false);
            case EvaluateWork work:
                return await ExamineAsync(work, dataset, thread, roster, cancellation).ConfigureAwait(false);
            case var work:
                throw new UnreachableException($"No student does {work.GetType().Name}.");
        }
    }

    /// <summary>Where teachers can be asked changes nothing in the weights.</summary>
    private static Digest Identify(StudentWork work) => ProtocolJson.DigestOf(work switch
    {
        DistillWork taught => taught with { Teachers = Anywhere(taught) },
        PeerWork peer => peer with { Teachers = Anywhere(peer) },
        _ => work,
    });

    private static TeacherReplicas[] Anywhere(ITaughtWork work) => [.. work.Teachers.Select(teacher => teacher with { Replicas = [] })];

    private async Task<TrainedOutcome> DistillAsync(
        DistillWork work,
        Dataset dataset,
        TorchThread thread,
        TeacherRoster roster,
        TrainingCheckpoints saved,
        IProgress<TrialProgress> progress,
        CancellationToken cancellation)
    {
        var weights = await ensembles.WeighAsync(work, dataset, thread, roster, cancellation).ConfigureAwait(false);
        var steps = new TrainingSteps(work.Network, dataset.Train);
        var codec = TargetCodecs.Of(work.Distillation.Codec, work.Distillation.TeacherFeatures);
        var feed = feeds.Open(work, dataset, steps.Blocks, steps.From(saved.FirstStep), codec, work.Distillation.Quorum, roster);
        await using (feed.ConfigureAwait(false))
        {
            var trained = await thread
                .RunAsync(
                    () =>
                    {
                        using var objective = new DistillObjective(
                            work.Distillation, steps, weights.Common, feed, time, weights.ByClass, TaughtNetworks.Of(work, work.Network));
                        return Train(work.Network, dataset, objective, saved, progress, cancellation, work.MeasuresLatency, work.Teaches);
                    },
                    cancellation)
                .ConfigureAwait(false);
            return trained with { Lessons = feed.Lessons with { Weights = weights.Learnt(work) } };
        }
    }

    /// <summary>Teachers are always measured by their exact logits, and all of them are waited for.</summary>
    private async Task<EvaluatedOutcome> ExamineAsync(
        EvaluateWork work, Dataset dataset, TorchThread thread, TeacherRoster roster, CancellationToken cancellation)
    {
        var paper = new ExaminationPaper(Split.Test, dataset.Test.Count, work.Schedule.Block);
        var feed = feeds.Open(work, dataset, paper.Blocks, paper.Batches, new Fp32Codec(), quorum: null, roster);
        await using (feed.ConfigureAwait(false))
        {
            return await thread
                .RunAsync(() => examination.Hold(work, dataset, paper, feed, cancellation), cancellation)
                .ConfigureAwait(false);
        }
    }

    private TrainedOutcome Train(
        NetworkTraining work,
        Dataset dataset,
        IObjective objective,
        TrainingCheckpoints saved,
        IProgress<TrialProgress> progress,
        CancellationToken cancellation,
        bool measuresLatency = false,
        bool teaches = false)
    {
        using var network = Networks.Create(work.Model, work.Seed);
        var (pace, validation, _) = Trainer.Train(network, work, dataset, objective, saved, progress, time, cancellation);
        return new TrainedOutcome(artifacts.Put(network.Save()), network.ParameterCount, validation, pace)
        {
            LatencyMilliseconds = measuresLatency
                ? Latency.MedianMilliseconds(network, dataset.Validation, work.Training.BatchSize, time)
                : null,
            Probe = teaches ? Probe.Answer(network) : null,
        };
    }
}
