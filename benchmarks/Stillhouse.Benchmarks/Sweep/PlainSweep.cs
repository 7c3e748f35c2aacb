using Stillhouse.Benchmarks.Learning;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;

namespace Stillhouse.Benchmarks.Sweep;

/// <summary>Trials one after the other, each in the plain loop on all cores.</summary>
internal static class PlainSweep
{
    public static async Task<SweepOutcome> RunAsync(TrainedTeacher trained, Dataset dataset, Session session)
    {
        var work = SweepTrial.Work(Environment.ProcessorCount, session);
        using var thread = new TorchThread("plain loop", work.Training.Threads);
        using var teacher = trained.Load();
        var students = new List<Network>();
        var started = session.Time.GetTimestamp();
        foreach (var trial in SweepTrial.All)
        {
            students.Add(await thread.RunAsync(() => Train(trial), session.Cancellation));
        }

        var elapsed = session.Time.GetElapsedTime(started);
        var forwards = (long)dataset.Train.Count * work.Training.Epochs * students.Count;
        return new SweepOutcome(elapsed, forwards, await SweepOutcome.TestAsync(students, dataset, session.Cancellation));

        Network Train(SweepTrial trial)
        {
            var student = Networks.Create(work.Model, work.Seed);
            PlainLoop.Distill(student, teacher, work, dataset, trial.Distillation, session.Cancellation);
            return student;
        }
    }
}
