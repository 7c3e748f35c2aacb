using Spectre.Console;
using Stillhouse.Benchmarks.Learning;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Teaching;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Benchmarks.Service;

/// <summary>How fast a student trains when its teachers are elsewhere, when it has none, and when they share its machine.</summary>
internal static class ServiceBenchmark
{
    private const string Service = "teachers on other machines";
    private const string Pure = "no teachers";
    private const string Shared = "teacher and student in one loop";
    private const int Machines = 2;

    private static readonly TimeSpan NetworkLatency = TimeSpan.FromMilliseconds(2);

    private static readonly DistillationSpec Distillation = new();

    public static Benchmark Entry { get; } = new(
        "service", "a student whose teachers are on other machines, the same without teachers, and both in one loop", RunAsync);

    private static async Task<ResultLine> RunAsync(Session session)
    {
        var dataset = BenchmarkData.Load(session);
        var trained = await TrainedTeacher.TrainAsync(dataset, session);
        using var table = await TableFile.ComputeAsync(trained, dataset, session);
        session.Say($"{Machines} machines that answer {table.SamplesPerSecond:N0} samples/s each and are {NetworkLatency.TotalMilliseconds} ms away");
        await using var teacher = await RemoteTeacher.StartAsync(
            table.As(trained, dataset, NetworkLatency), Machines, storeBytes: 0, session.Cancellation);
        var work = Work();
        using var thread = new TorchThread("student", work.Training.Threads);
        using var network = trained.Load();
        var received = new List<long>();
        var scores = await Contest.PlayAsync(
            [
                Timed(Service, async () =>
                {
                    await using var side = new StudentSide();
                    var (student, lessons) = await side.DistillAsync(work, Distillation, teacher.Replicas, dataset, thread, session);
                    student.Dispose();
                    received.Add(lessons.BytesReceived);
                }),
                Timed(Pure, () => OnThread(() => StudentSide.Train(work, dataset, new LabelObjective(), session).Dispose())),
                Timed(Shared, () => OnThread(() => Loop(network))),
            ],
            warmUps: 1,
            session.Rounds(5),
            session.Cancellation);
        session.Console.Write(Table(scores));
        session.Say($"soft targets received per round: {Spread.Of(received.Select(bytes => (double)bytes)).Show("N0")} bytes, nothing from a store");
        return new ResultLine("service", ("pure", scores.Ratio(Service, Pure).Median), ("shared", scores.Ratio(Service, Shared).Median));

        Contestant Timed(string name, Func<Task> work) => new(name, async _ =>
        {
            var started = session.Time.GetTimestamp();
            await work();
            return dataset.Train.Count / session.Time.GetElapsedTime(started).TotalSeconds;
        });

        Task OnThread(Action training) => thread.RunAsync(
            () =>
            {
                training();
                return true;
            },
            session.Cancellation);

        void Loop(Network network)
        {
            using var student = Networks.Create(work.Model, work.Seed);
            PlainLoop.Distill(student, network, work, dataset, Distillation, session.Cancellation);
        }
    }

    private static NetworkTraining Work() => new(
        new MlpSpec { Widths = [784, 800, 800, 10] },
        new TrainingSpec { Epochs = 1, BatchSize = 128, Threads = Environment.ProcessorCount },
        new ScheduleSpec(),
        Seed: 1);

    private static Table Table(Scores scores)
    {
        var table = Tables.Create("student with", "samples/s", "service / this");
        foreach (var name in new[] { Service, Pure, Shared })
        {
            table.AddRow(name, scores[name].Show("N0"), name == Service ? "" : scores.Ratio(Service, name).Show("0.000"));
        }

        return table;
    }
}
