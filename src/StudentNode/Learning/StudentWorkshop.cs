using System.Diagnostics;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Lessons;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.StudentNode.Learning;

/// <summary>Does a student trial's work on a thread of its own.</summary>
public sealed class StudentWorkshop(DatasetCache datasets, ArtifactStore artifacts, TeacherChannels channels, TimeProvider time)
{
    public Task<TrialOutcome> WorkAsync(StartTrial start, IProgress<TrialProgress> progress, CancellationToken cancellation) =>
        start.Work switch
        {
            BaselineWork work => TrainBaselineAsync(start, work, progress, cancellation),
            DistillWork work => DistillAsync(start, work, progress, cancellation),
            EvaluateWork work => EvaluateAsync(start, work, cancellation),
            var work => throw new UnreachableException($"No student does {work.GetType().Name}."),
        };

    private async Task<TrialOutcome> TrainBaselineAsync(
        StartTrial start, BaselineWork work, IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        using var thread = new TorchThread(start.Trial.ToString(), work.Network.Training.Threads);
        return await thread.RunAsync(() => Train(work.Dataset, work.Network, new LabelObjective(), progress, cancellation), cancellation);
    }
}
