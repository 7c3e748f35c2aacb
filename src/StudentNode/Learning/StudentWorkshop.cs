using System.Diagnostics;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.StudentNode.Learning;

/// <summary>Does a student trial's work on a thread of its own.</summary>
public sealed class StudentWorkshop(
    DatasetCache datasets, ArtifactStore artifacts, TeacherLines lines, Examination examination, TimeProvider time)
{
    /// <exception cref="DataException">The dataset is not the one that the work refers to.</exception>
    /// <exception cref="NonFiniteLossException">The training diverged.</exception>
    /// <exception cref="Messages.Lessons.LessonRefusedException">A teacher refused, or answered what does not fit.</exception>
    /// <exception cref="Messages.Lessons.TeacherUnreachableException">A teacher went away.</exception>
    public async Task<TrialOutcome> WorkAsync(StartTrial start, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        using var thread = new TorchThread(start.Trial.ToString(), start.Work.Threads);
        var dataset = await thread.RunAsync(() => datasets.Get(start.Work.Dataset), cancellation).ConfigureAwait(false);
        switch (start.Work)
        {
            case BaselineWork work:
                return await thread
                    .RunAsync(() => Train(work.Network, dataset, new LabelObjective(), progress, cancellation), cancellation)
                    .ConfigureAwait(false);
            case DistillWork work:
                var lessons = new Lessons(work.Network, dataset.Train.Count);
                await using (var feed = await lines.OpenAsync(work, lessons.All(), cancellation).ConfigureAwait(false))
                {
                    var objective = new DistillObjective(work.Distillation, feed, time);
                    return await thread
                        .RunAsync(() => Train(work.Network, dataset, objective, progress, cancellation), cancellation)
                        .ConfigureAwait(false);
                }

            case EvaluateWork work:
                await using (var feed = await lines.OpenAsync(work, Examination.Lessons(work, dataset), cancellation).ConfigureAwait(false))
                {
                    return await thread
                        .RunAsync(() => examination.Hold(work, dataset, feed, cancellation), cancellation)
                        .ConfigureAwait(false);
                }

            case var work:
                throw new UnreachableException($"No student does {work.GetType().Name}.");
        }
    }

    private TrainedOutcome Train(
        NetworkTraining work, Dataset dataset, IObjective objective, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        using var network = Networks.Create(work.Model, work.Seed);
        var (pace, validation) = Trainer.Train(network, work, dataset, objective, progress, time, cancellation);
        return new TrainedOutcome(artifacts.Put(network.Save()), network.ParameterCount, validation, pace);
    }
}
