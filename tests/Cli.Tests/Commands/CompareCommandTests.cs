using System.Text.Json.Nodes;
using Stillhouse.Cli.Results;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private const int TestSamples = 1_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Compare_OfTheSameSeeds_PairsThem()
    {
        Write("kd-1", seed: 1, accuracy: 0.95, disagreeing: 0);
        Write("kd-2", seed: 2, accuracy: 0.97, disagreeing: 100);
        Write("dkd-2", seed: 2, accuracy: 0.98, disagreeing: 300);
        Write("dkd-1", seed: 1, accuracy: 0.96, disagreeing: 200);

        var output = await CompareAsync("kd-*", "dkd-*");

        output.ShouldContain($"A: 2 runs, {_folder["kd-1"]} (seed 1), {_folder["kd-2"]} (seed 2)");
        output.ShouldContain($"B: 2 runs, {_folder["dkd-1"]} (seed 1), {_folder["dkd-2"]} (seed 2)");
        output.ShouldContain("data: glyphs, 1,000 test samples");
        Row(output, "accuracy").ShouldBe(["accuracy", "96.00 %", "97.00 %", "+1.00 pp", "+1.00 pp to +1.00 pp", "1"]);
        Row(output, "errors").ShouldBe(["errors", "40.0", "30.0", "-10.0", "-10.0 to -10.0", "1"]);
        Row(output, "ECE").ShouldBe(["ECE", "0.0123", "0.0123", "0.0000", "0.0000 to 0.0000", "1"]);
        output.ShouldContain("interval: Student's t, paired by seed");
        output.ShouldContain("churn: 10.00 % within A, 10.00 % within B, 20.00 % between A and B");
    }

    [Fact]
    public async Task Compare_OfOtherSeeds_IsWelchs()
    {
        Write("a-1", seed: 1, accuracy: 0.91);
        Write("a-2", seed: 2, accuracy: 0.92);
        Write("a-3", seed: 3, accuracy: 0.93);
        Write("a-4", seed: 4, accuracy: 0.94);
        Write("b-1", seed: 1, accuracy: 0.92);
        Write("b-5", seed: 5, accuracy: 0.94);

        var output = await CompareAsync("a-?", "b-1", "b-5");

        Row(output, "accuracy").ShouldBe(["accuracy", "92.50 %", "93.00 %", "+0.50 pp", "-4.90 pp to +5.90 pp", "1.9"]);
        output.ShouldContain("interval: Student's t by Welch");
    }

    [Fact]
    public async Task Compare_OfOneSeed_SaysThatThereIsNoInterval()
    {
        Write("a", seed: 1, accuracy: 0.95);
        Write("b", seed: 1, accuracy: 0.96);

        var output = await CompareAsync("a", "b");

        Row(output, "accuracy").ShouldBe(["accuracy", "95.00 %", "96.00 %", "+1.00 pp"]);
        output.ShouldContain("no interval: A and B have one seed; run the spec with more of them (--seed)");
    }

    [Fact]
    public async Task Compare_OfOlderReports_SaysWhatTheyLack()
    {
        Write("old", seed: 1, accuracy: 0.95);
        Write("new", seed: 1, accuracy: 0.96, disagreeing: 0);
        Change("new", student => student with { BalancedAccuracy = 0.9, GapClosed = null });

        var output = await CompareAsync("old", "new");

        Row(output, "balanced accuracy").ShouldBe(["balanced accuracy", "90.00 %"]);
        output.ShouldContain($"no balanced accuracy of A: the report has none in {_folder["old"]}");
        output.ShouldContain($"no gap closed of B: the report has none in {_folder["new"]}");
        output.ShouldContain($"no churn of A: no predictions here, which older versions did not write and clusters keep among their artifacts: {_folder["old"]}");
        output.ShouldNotContain("churn: ");
    }

    [Fact]
    public async Task Compare_AsJson_IsReadByPrograms()
    {
        Write("a-1", seed: 1, accuracy: 0.95, disagreeing: 0);
        Write("a-2", seed: 2, accuracy: 0.95, disagreeing: 50);
        Write("b-1", seed: 1, accuracy: 0.96, disagreeing: 0);
        Write("b-2", seed: 2, accuracy: 0.98);

        var answer = JsonNode.Parse(await CompareAsync("a-*", "b-*", "--json"))!;

        answer["method"]!.GetValue<string>().ShouldBe("paired");
        answer["confidence"]!.GetValue<double>().ShouldBe(0.95);
        answer["b"]![1]!["seed"]!.GetValue<long>().ShouldBe(2);
        answer["b"]![1]!["hasPredictions"]!.GetValue<bool>().ShouldBeFalse();
        var accuracy = answer["figures"]![0]!;
        accuracy["figure"]!.GetValue<string>().ShouldBe("accuracy");
        accuracy["a"]!.GetValue<double>().ShouldBe(0.95, 1e-12);
        accuracy["difference"]!.GetValue<double>().ShouldBe(0.02, 1e-12);
        accuracy["lower"]!.GetValue<double>().ShouldBe(0.02 - (12.7062047362 * 0.01), 1e-9);
        accuracy["degrees"]!.GetValue<double>().ShouldBe(1);
        answer["churn"]!["withinA"]!.GetValue<double>().ShouldBe(0.05, 1e-12);
        answer["churn"]!["between"].ShouldBeNull();
    }

    [Fact]
    public async Task Compare_WithSeveralThingsWrong_SaysAll()
    {
        Write("a-1", seed: 1, accuracy: 0.95);
        Write("a-2", seed: 1, accuracy: 0.95);
        Write("other", seed: 1, accuracy: 0.95, data: "other data");
        Write("damaged", seed: 2, accuracy: 0.95, disagreeing: 0);
        File.WriteAllText(_folder["damaged/predictions.safetensors"], "damaged");
        Write("broken", seed: 3, accuracy: 0.95);
        File.WriteAllText(_folder["broken/report.json"], "{}");
        Directory.CreateDirectory(_folder["empty"]);
        using var console = new AConsole();

        var code = await console.InvokeAsync(
            "compare", _folder["a-*"], string.Join(',', _folder["none"], _folder["x*"], _folder["empty"], _folder["broken"], _folder["damaged"], _folder["other"], ""));

        code.ShouldBe(ExitCode.BadInput);
        console.Output.ShouldBeEmpty();
        console.Error.ShouldContain($"A: found seed 1 in {_folder["a-1"]} and {_folder["a-2"]}; allowed every seed once;");
        console.Error.ShouldContain($"B: found no folder at {_folder["none"]}; allowed a folder with a report.json;");
        console.Error.ShouldContain($"B: found no folder that matches {_folder["x*"]};");
        console.Error.ShouldContain($"B: found no report.json in {_folder["empty"]};");
        console.Error.ShouldContain($"B: found no report in {_folder["broken/report.json"]} (");
        console.Error.ShouldContain($"B: found {Digest.Of("damaged"u8)} in {_folder["damaged/predictions.safetensors"]}; allowed ");
        console.Error.ShouldContain($"B: found glyphs {DigestOf("other data")} in {_folder["other"]}; allowed glyphs {DigestOf("data")}, as in {_folder["a-1"]};");
        console.Error.ShouldContain("B: found no name between two commas;");
        console.Error.ShouldContain("8 problems; nothing was started.");
    }

    [Fact]
    public async Task Compare_WithPredictionsForOtherSamples_SaysSo()
    {
        Write("a", seed: 1, accuracy: 0.95, disagreeing: 0, samples: 10);
        using var console = new AConsole();

        (await console.InvokeAsync("compare", _folder["a"], _folder["a"])).ShouldBe(ExitCode.BadInput);

        console.Error.ShouldContain($"A: found 10 predictions in {_folder["a/predictions.safetensors"]}; allowed 1000, one for each test sample;");
    }

    [Fact]
    public async Task Compare_OfARunWithItself_FindsNoDifference()
    {
        Write("a", seed: 1, accuracy: 0.95, disagreeing: 0);

        (await CompareAsync("a", "a")).ShouldContain("churn: 0.00 % between A and B");
    }

    private static Digest DigestOf(string data) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(data));

    private static string[] Row(string output, string figure) =>
        output.Split('\n').Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Single(row => row.FirstOrDefault() == figure);

    private async Task<string> CompareAsync(string a, params string[] more)
    {
        using var console = new AConsole();
        string[] options = [.. more.Where(word => word.StartsWith('-'))];
        var b = string.Join(", ", more.Except(options).Select(name => _folder[name]));
        (await console.InvokeAsync(["compare", _folder[a], b, .. options])).ShouldBe(ExitCode.Success, console.Error);
        return console.Output;
    }

    /// <param name="disagreeing">So many of the first predictions are of class 1, the others of class 0; null for a report without predictions.</param>
    private void Write(string name, long seed, double accuracy, int? disagreeing = null, string data = "data", int samples = TestSamples)
    {
        Directory.CreateDirectory(_folder[name]);
        Digest? digest = null;
        if (disagreeing is { } ones)
        {
            int[] predicted = [.. Enumerable.Range(0, samples).Select(sample => sample < ones ? 1 : 0)];
            var bytes = new Predictions(predicted, predicted, predicted).Encode();
            File.WriteAllBytes(_folder[$"{name}/predictions.safetensors"], bytes);
            digest = Digest.Of(bytes);
        }

        var report = AReport.Of("big");
        Save(name, report with
        {
            Seed = seed,
            Dataset = report.Dataset with { Digest = DigestOf(data) },
            Student = report.Student with { Accuracy = accuracy, Errors = (int)Math.Round(TestSamples * (1 - accuracy)) },
            Predictions = digest,
        });
    }

    private void Change(string name, Func<DistilledReport, DistilledReport> change)
    {
        var report = ReportJson.Decode(File.ReadAllBytes(_folder[$"{name}/report.json"]));
        Save(name, report with { Student = change(report.Student) });
    }

    private void Save(string name, RunReport report) => File.WriteAllBytes(_folder[$"{name}/report.json"], ReportJson.Encode(report));
}
