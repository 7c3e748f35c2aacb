using Spectre.Console;
using Stillhouse.Benchmarks.Learning;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Teaching;
using static Stillhouse.Benchmarks.Service.ServiceTrials;

namespace Stillhouse.Benchmarks.Service;

/// <summary>How fast a student trains when its teachers are elsewhere, when it has none, and when they share its machine.</summary>
internal static class ServiceBenchmark
{
    private const int Machines = 2;

    /// <summary>Half a millisecond for a block of 256: what is assumed of a GPU, not measured.</summary>
    private const double MachineSamplesPerSecond = 512_000;

    private static readonly TimeSpan NetworkLatency = TimeSpan.FromMilliseconds(2);

    public static Benchmark Entry { get; } = new(
        "service", "a student whose teachers are on other machines, the same without teachers, and both in one loop", RunAsync);

    private static async Task<ResultLine> RunAsync(Session session)
    {
        var dataset = BenchmarkData.Load(session);
        var trained = await TrainedTeacher.TrainAsync(dataset, session);
        using var table = await TableFile.ComputeAsync(trained, dataset, session);
        session.Say(
            $"teacher: {Machines} machines, {NetworkLatency.TotalMilliseconds} ms away, {MachineSamplesPerSecond:N0} samples/s each");
        await using var remote = await RemoteTeacher.StartAsync(
            table.As(trained, dataset, NetworkLatency, MachineSamplesPerSecond), Machines, storeBytes: 0, session.Cancellation);
        using var trials = new ServiceTrials(trained, remote, dataset, session);
        var scores = await Contest.PlayAsync(trials.Contestants, warmUps: session.Rounds(3), session.Rounds(7), session.Cancellation);
        session.Console.Write(Table(scores));
        session.Say($"soft targets that a training received: {trials.BytesReceived:N0} bytes; none came from a store");
        return new ResultLine("service", ("pure", scores.Ratio(Remote, Pure).Median), ("shared", scores.Ratio(Remote, Shared).Median));
    }

    private static Table Table(Scores scores)
    {
        var table = Tables.Create("student with", "samples/s", "service / this");
        foreach (var name in new[] { Remote, Pure, Shared })
        {
            table.AddRow(name, scores[name].Show("N0"), name == Remote ? "" : scores.Ratio(Remote, name).Show("0.000"));
        }

        return table;
    }
}
