using Spectre.Console;
using Stillhouse.Benchmarks.Learning;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Distillation.Data;

namespace Stillhouse.Benchmarks.Sweep;

/// <summary>Nine trials that meet the same lessons, against a loop that computes them again and again.</summary>
internal static class SweepBenchmark
{
    private const string Plain = "plain loop";
    private const string Shared = "sweep";

    public static Benchmark Entry { get; } = new(
        "sweep", "9 trials of 5 epochs that share their teacher's answers, and a loop that recomputes them in every step", RunAsync);

    private static async Task<ResultLine> RunAsync(Session session)
    {
        var dataset = BenchmarkData.Load(session);
        var teacher = await TrainedTeacher.TrainAsync(dataset, session);
        var outcomes = new Dictionary<string, SweepOutcome>();
        var met = (double)dataset.Train.Count * SweepTrial.Work(1, session).Training.Epochs * SweepTrial.All.Count;
        Contestant Of(string name, Func<TrainedTeacher, Dataset, Session, Task<SweepOutcome>> run) => new(name, async _ =>
        {
            var outcome = outcomes[name] = await run(teacher, dataset, session);
            session.Say($"{name}: {outcome.Elapsed.TotalSeconds:0.0} s");
            return met / outcome.Elapsed.TotalSeconds;
        });
        var scores = await Contest.PlayAsync(
            [Of(Plain, PlainSweep.RunAsync), Of(Shared, SharedSweep.RunAsync)], warmUps: 0, session.Rounds(3), session.Cancellation);
        session.Console.Write(Sides(scores, outcomes, dataset.Train.Count));
        session.Console.Write(Students(outcomes));
        var speedup = scores.Ratio(Shared, Plain);
        session.Say($"speedup: {speedup.Show("0.00")}");
        return new ResultLine(
            "sweep",
            ("speedup", speedup.Median),
            ("forwards_per_sample", (double)outcomes[Shared].Forwards / dataset.Train.Count));
    }

    private static Table Sides(Scores scores, Dictionary<string, SweepOutcome> outcomes, int samples)
    {
        var table = Tables.Create("side", "samples/s", "teacher forwards per sample", "mean test accuracy");
        foreach (var (name, outcome) in outcomes)
        {
            table.AddRow(
                name,
                scores[name].Show("N0"),
                $"{(double)outcome.Forwards / samples:0.####}",
                $"{outcome.Accuracies.Average():0.00 %}");
        }

        return table;
    }

    /// <summary>Both sides must have learnt the same, or their times cannot be compared.</summary>
    private static Table Students(Dictionary<string, SweepOutcome> outcomes)
    {
        var table = Tables.Create(["test accuracy", .. outcomes.Keys]);
        foreach (var (trial, name) in SweepTrial.All.Index())
        {
            table.AddRow([name.ToString(), .. outcomes.Values.Select(outcome => $"{outcome.Accuracies[trial]:0.00 %}")]);
        }

        return table;
    }
}
