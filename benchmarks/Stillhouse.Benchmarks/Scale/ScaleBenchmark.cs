using Spectre.Console;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Recovery;

namespace Stillhouse.Benchmarks.Scale;

/// <summary>What more trials in a sweep cost the coordinator, when training costs nothing.</summary>
internal static class ScaleBenchmark
{
    private static readonly int[] Trials = [100, 1_000, 10_000];
    private static readonly int[] QuickTrials = [10, 50];

    public static Benchmark Entry { get; } = new(
        "scale", "decisions, memory, ledger and recovery of the coordinator as a sweep grows from 100 to 10,000 trials", RunAsync);

    private static async Task<ResultLine> RunAsync(Session session)
    {
        using var folder = new ScratchFolder();

        // The first run pays for what every process pays once.
        await StubbedSweep.RunAsync(10, folder.Of("warm-up.db"), session);
        var costs = new List<SweepCost>();
        foreach (var trials in session.Quick ? QuickTrials : Trials)
        {
            costs.Add(await StubbedSweep.RunAsync(trials, folder.Of($"{trials}.db"), session));
        }

        session.Console.Write(Table(costs));
        session.Say("A decision is a report that led to facts, durable in SQLite before it was answered. Memory is what the run's state adds to the heap.");
        var (least, most) = (costs[0], costs[^1]);
        return new ResultLine(
            "scale",
            ("decisions_ratio", most.DecisionsPerSecond / least.DecisionsPerSecond),
            ("memory_per_trial_bytes", (double)(most.HeapBytes - least.HeapBytes) / (most.Trials - least.Trials)),
            ("recovery_seconds", most.Recovery.TotalSeconds));
    }

    private static Table Table(IEnumerable<SweepCost> costs)
    {
        var table = Tables.Create("trials", "facts", "decisions/s", "heap B", "B per trial", "ledger B", "B per trial", "recovery s", "ms each");
        foreach (var cost in costs)
        {
            table.AddRow(
                $"{cost.Trials:N0}",
                $"{cost.Facts:N0}",
                $"{cost.DecisionsPerSecond:N0}",
                $"{cost.HeapBytes:N0}",
                $"{cost.HeapBytes / cost.Trials:N0}",
                $"{cost.LedgerBytes:N0}",
                $"{cost.LedgerBytes / cost.Trials:N0}",
                $"{cost.Recovery.TotalSeconds:0.00}",
                $"{cost.Recovery.TotalMilliseconds / cost.Trials:0.000}");
        }

        return table;
    }
}

/// <summary>What a sweep of so many trials cost.</summary>
/// <param name="Decisions">Reports that led to facts.</param>
/// <param name="Recovery">From a coordinator that begins to the answer where the run stands.</param>
internal sealed record SweepCost(
    int Trials, long Facts, long Decisions, TimeSpan Elapsed, long HeapBytes, long LedgerBytes, TimeSpan Recovery)
{
    public double DecisionsPerSecond => Decisions / Elapsed.TotalSeconds;
}
