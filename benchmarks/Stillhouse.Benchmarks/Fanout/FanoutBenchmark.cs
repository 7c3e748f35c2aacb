using Spectre.Console;
using Stillhouse.Benchmarks.Learning;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Teaching;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Benchmarks.Fanout;

/// <summary>What more students on one node cost their teacher and the network.</summary>
internal static class FanoutBenchmark
{
    private const long StoreBytes = 256 << 20;
    private const double TeacherSamplesPerSecond = 25_000;

    private static readonly int[] Counts = [1, 4, 16];

    private static readonly DistillationSpec Distillation = new();

    public static Benchmark Entry { get; } = new(
        "fanout", "forward passes and bytes on the wire as students on one node grow from 1 to 4 and 16", RunAsync);

    private static async Task<ResultLine> RunAsync(Session session)
    {
        var dataset = BenchmarkData.Load(session);
        var trained = await TrainedTeacher.TrainAsync(dataset, session);
        using var file = await TableFile.ComputeAsync(trained, dataset, session);
        var costs = new List<FanoutCost>();
        foreach (var students in Counts)
        {
            await using var teacher = await RemoteTeacher.StartAsync(
                file.As(trained, dataset, TimeSpan.Zero, TeacherSamplesPerSecond), machines: 1, StoreBytes, session.Cancellation);
            costs.Add(await MeasureAsync(students, teacher, dataset, session));
        }

        session.Console.Write(Table(costs, dataset.Train.Count));
        session.Say("Soft targets are what students report; the wire is what the kernel counted on the teacher's sockets, in both directions, protocols included.");
        var (one, most) = (costs[0], costs[^1]);
        return new ResultLine(
            "fanout",
            ("forwards_ratio", (double)most.Forwards / one.Forwards),
            ("bytes_ratio", (double)most.Bytes / one.Bytes));
    }

    /// <summary>All students at once, each with an order of samples of its own.</summary>
    private static async Task<FanoutCost> MeasureAsync(int students, RemoteTeacher teacher, Dataset dataset, Session session)
    {
        await using var side = new StudentSide();

        // Keeps the line open until its bytes have been counted.
        await using var open = side.Share(teacher.Replicas, dataset, Distillation);
        var started = session.Time.GetTimestamp();
        var targets = await Task.WhenAll(
            Enumerable.Range(1, students).Select(seed => DistillAsync(seed, side, teacher.Replicas, dataset, session)));
        return new FanoutCost(
            students,
            targets.Sum(),
            await teacher.ForwardsAsync(session.Cancellation),
            await teacher.BytesOnTheWireAsync(session.Cancellation),
            session.Time.GetElapsedTime(started));
    }

    /// <returns>Bytes of soft targets that came because of this student, by its own account.</returns>
    private static async Task<long> DistillAsync(
        int seed, StudentSide side, TeacherReplicas teacher, Dataset dataset, Session session)
    {
        var work = new NetworkTraining(
            new MlpSpec { Widths = [784, 400, 10] }, new TrainingSpec { Epochs = 2, BatchSize = 128 }, new ScheduleSpec(), seed);
        using var thread = new TorchThread($"student {seed}", work.Training.Threads);
        var (student, lessons) = await side.DistillAsync(work, Distillation, teacher, dataset, thread, session);
        student.Dispose();
        return lessons.BytesReceived;
    }

    private static Table Table(IEnumerable<FanoutCost> costs, int samples)
    {
        var table = Tables.Create("students", "teacher forwards per sample", "soft targets B", "on the wire B", "wire B per student", "s per student");
        foreach (var (students, targets, forwards, bytes, elapsed) in costs)
        {
            table.AddRow(
                $"{students}",
                $"{(double)forwards / samples:0.####}",
                $"{targets:N0}",
                $"{bytes:N0}",
                $"{(double)bytes / students:N0}",
                $"{elapsed.TotalSeconds / students:0.0}");
        }

        return table;
    }

    /// <summary>What a number of students cost.</summary>
    private sealed record FanoutCost(int Students, long Targets, long Forwards, long Bytes, TimeSpan Elapsed);
}
