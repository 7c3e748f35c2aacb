using Stillhouse.Benchmarks.Learning;
using Stillhouse.Benchmarks.Teaching;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Serving;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Benchmarks.Sweep;

/// <summary>
/// Trials side by side, as many as there are cores with a thread each, taught by one replica in the same process. Nothing
/// has been computed when it begins.
/// </summary>
internal static class SharedSweep
{
    private const string Node = "benchmark";

    public static async Task<SweepOutcome> RunAsync(TrainedTeacher trained, Dataset dataset, Session session)
    {
        await using var side = new StudentSide();
        var started = session.Time.GetTimestamp();
        using var replica = new Replica(
            trained.Load(), trained.Artifact, dataset, new TorchThread("teacher", Environment.ProcessorCount), session.Time);
        var counted = new CountedTeacher(replica);
        using var service = side.Serve(counted);
        var teacher = new TeacherReplicas(
            "teacher", trained.Artifact, Parameters: 0, EnsembleWeight: 1, [new ReplicaEndpoint(Node, new Uri($"inproc://{Node}"))]);
        var students = await TrainAsync(side, teacher, dataset, session);
        var elapsed = session.Time.GetElapsedTime(started);
        return new SweepOutcome(elapsed, counted.Forwards, await SweepOutcome.TestAsync(students, dataset, session.Cancellation));
    }

    /// <summary>Every core takes the next trial when it has finished one.</summary>
    private static async Task<IReadOnlyList<Network>> TrainAsync(StudentSide side, TeacherReplicas teacher, Dataset dataset, Session session)
    {
        var students = new Network[SweepTrial.All.Count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(async core =>
        {
            using var thread = new TorchThread($"trials {core}", threads: 1);
            for (var trial = Interlocked.Increment(ref next); trial < students.Length; trial = Interlocked.Increment(ref next))
            {
                var work = SweepTrial.Work(threads: 1, session);
                (students[trial], _) = await side.DistillAsync(
                    work, SweepTrial.All[trial].Distillation, teacher, dataset, thread, session);
            }
        }));
        return students;
    }
}
