using Spectre.Console;
using Stillhouse.Benchmarks.Learning;
using Stillhouse.Benchmarks.Measuring;

namespace Stillhouse.Benchmarks.Recovery;

/// <summary>A sweep on a cluster of processes, of which one after the other is killed with SIGKILL and started again.</summary>
internal static class RecoveryBenchmark
{
    private const int Coordinators = 1;
    private const int Teachers = 3;
    private const int Students = 2;

    private static readonly string[] Nodes =
    [
        .. Enumerable.Range(1, Coordinators).Select(number => $"coordinator-{number}"),
        .. Enumerable.Range(1, Teachers).Select(number => $"teacher-{number}"),
        .. Enumerable.Range(1, Students).Select(number => $"student-{number}"),
    ];

    public static Benchmark Entry { get; } = new(
        "recovery",
        "a sweep of 4 trials whose nodes are killed at random moments, against an undisturbed one",
        RunAsync,
        ("kills", 20),
        ("seed", 1));

    private static async Task<ResultLine> RunAsync(Session session)
    {
        var (kills, seed) = (session.Options["kills"], session.Options["seed"]);
        using var folder = new ScratchFolder();
        var spec = RecoverySpec.Write(folder, BenchmarkData.Mnist, session.Quick);
        session.Say($"data: {(BenchmarkData.Mnist is null ? "built-in glyphs, for lack of MNIST" : "MNIST")}; {Coordinators} coordinator, {Teachers} teachers, {Students} students; seed {seed}");
        using var still = new StillRun(spec, folder.Of("undisturbed"), nodes: null, session.Time);
        var undisturbed = await still.ToTheEndAsync(_ => { }, session.Cancellation);
        session.Say($"undisturbed: {undisturbed.Weights.Count} networks in {undisturbed.Elapsed.TotalSeconds:0} s");

        var moments = new KillMoments(seed, Nodes);
        var total = new Losses(0, Equal: true, Lost: 0, Twice: 0);
        for (var round = 1; total.Kills < kills; round++)
        {
            var run = await DisturbedRun.ExecuteAsync(
                spec, folder.Of($"disturbed-{round}"), $"coordinators={Coordinators},teachers={Teachers},students={Students}", moments, kills - total.Kills, session);
            total = total.With(run, undisturbed);
            session.Console.Write(Table(undisturbed, run));
            session.Say($"run {round}: {run.Kills} kills, {run.Result.Elapsed.TotalSeconds:0} s");
        }

        return new ResultLine(
            "recovery", ("kills", total.Kills), ("equal", total.Equal), ("lost", total.Lost), ("twice", total.Twice));
    }

    private static Table Table(StillResult undisturbed, DisturbedRun run)
    {
        var table = Tables.Create("network", "undisturbed", "disturbed", "came to its end");
        foreach (var (network, digest) in undisturbed.Weights.OrderBy(weights => weights.Key, StringComparer.Ordinal))
        {
            table.AddRow(
                network,
                Short(digest),
                Short(run.Result.Weights.GetValueOrDefault(network, "missing")),
                run.Log.Ends.TryGetValue(network, out var ends) ? $"{ends} x" : "");
        }

        return table;
    }

    private static string Short(string digest) => digest[..Math.Min(digest.Length, 19)];

    /// <summary>What all runs together have lost.</summary>
    private sealed record Losses(int Kills, bool Equal, int Lost, int Twice)
    {
        public Losses With(DisturbedRun run, StillResult undisturbed) => new(
            Kills + run.Kills,
            Equal && run.Result.Weights.Count == undisturbed.Weights.Count && undisturbed.Weights.All(weights => run.Result.Weights.GetValueOrDefault(weights.Key) == weights.Value),
            Lost + run.Log.Lost,
            Twice + run.Log.Ends.Values.Sum(ends => ends - 1));
    }
}
