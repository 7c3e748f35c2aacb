using Spectre.Console;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Messages.Specs;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Benchmarks.Codecs;

/// <summary>Every codec on one core: how small, how fast, how wrong.</summary>
internal static class CodecsBenchmark
{
    private const double Gigabyte = 1e9;
    private const int Vocabulary = 32_000;
    private const long Seed = 1;

    private static readonly int[] ClassCounts = [10, 1_000, Vocabulary];

    private static readonly CodecSpec Half = new Fp16Spec();

    private static readonly CodecSpec Top64 = new TopKSpec { K = 64 };

    private static readonly CodecSpec[] Specs = [new Fp32Spec(), Half, new Int8Spec(), Top64, new SampledSpec { Draws = 50 }];

    public static Benchmark Entry { get; } = new(
        "codecs", "bytes per sample, encoding and decoding speed on one core, and error of every codec", RunAsync);

    private static async Task<ResultLine> RunAsync(Session session)
    {
        session.Say($"logits: Zipf's law, exponent 1.2 to 3 per sample, with noise; blocks of {CodecTrial.Samples} samples; T = 1");
        var trials = ClassCounts.SelectMany(Trials).ToArray();
        try
        {
            var scores = await Contest.PlayAsync(
                [.. trials.SelectMany(trial => Contestants(trial, session))], warmUps: 2, session.Rounds(7), session.Cancellation);
            session.Console.Write(Table(trials, scores));
            session.Say("GB/s count the logits as binary32 and are medians, with the least and the greatest of all rounds.");
            session.Say("KL is KL(teacher ‖ decoded), a tail spread evenly; for sampled it is KL(decoded ‖ teacher).");
            return Result(trials, scores);
        }
        finally
        {
            foreach (var trial in trials)
            {
                trial.Dispose();
            }
        }
    }

    private static IEnumerable<CodecTrial> Trials(int classes)
    {
        var logits = HeavyTail.Draw(CodecTrial.Samples, classes, Seed);
        return Specs.Select(spec => new CodecTrial(TargetCodecs.Of(spec), logits));
    }

    private static IEnumerable<Contestant> Contestants(CodecTrial trial, Session session)
    {
        var duration = TimeSpan.FromSeconds(session.Quick ? 0.01 : 0.1);
        Contestant Of(string name, Action work) => new(
            name,
            _ => Task.FromResult(trial.BlockBytes / Gigabyte * Repetition.PerSecond(work, duration, session.Time)));
        return [Of(Encoding(trial), trial.Encode), Of(Decoding(trial), () => trial.Decode())];
    }

    private static ResultLine Result(CodecTrial[] trials, Scores scores)
    {
        CodecTrial Find(CodecSpec spec) =>
            trials.Single(trial => trial.Classes == Vocabulary && trial.Codec.Name == TargetCodecs.Of(spec).Name);
        var (half, top) = (Find(Half), Find(Top64));
        return new ResultLine(
            "codecs",
            ("fp16_gbps", Math.Min(scores[Encoding(half)].Median, scores[Decoding(half)].Median)),
            ("top64_share", (double)top.RowBytes / top.DenseBytes));
    }

    private static Table Table(IEnumerable<CodecTrial> trials, Scores scores)
    {
        var table = Tables.Create("classes", "codec", "bytes/sample", "of dense", "encode GB/s", "decode GB/s", "KL");
        foreach (var trial in trials)
        {
            table.AddRow(
                $"{trial.Classes:N0}",
                Markup.Escape(trial.Codec.Name),
                $"{trial.RowBytes:N0}",
                $"{(double)trial.RowBytes / trial.DenseBytes:0.00 %}",
                scores[Encoding(trial)].Show("0.00"),
                scores[Decoding(trial)].Show("0.00"),
                $"{MeanDivergence(trial):0.0e+0}");
        }

        return table;
    }

    private static double MeanDivergence(CodecTrial trial)
    {
        var decoded = trial.Decode();
        var mean = Enumerable.Range(0, CodecTrial.Samples).Average(sample => decoded.Divergence(sample, trial.Logits(sample)));

        // Rounding may leave a divergence of nothing just below zero.
        return Math.Max(0, mean);
    }

    private static string Encoding(CodecTrial trial) => $"encode {trial.Codec.Name} {trial.Classes}";

    private static string Decoding(CodecTrial trial) => $"decode {trial.Codec.Name} {trial.Classes}";
}
