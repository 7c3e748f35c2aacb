using System.Text.Json.Nodes;
using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Cli.Tests.Commands;

public sealed class EvalCommandTests : IDisposable
{
    private const string Spec =
        """
        name: small
        data: {kind: glyphs, train: 20, validation: 10, test: 50}
        teachers:
          - {name: big, model: {kind: mlp, widths: [784, 30, 10]}}
        student:
          model: {kind: mlp, widths: [784, 5, 10]}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _spec;

    public EvalCommandTests() => _spec = _folder.Write("spec.yaml", Spec);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Eval_OfAStudent_PrintsItsFigures()
    {
        var (path, digest) = WriteWeights(hidden: 5);
        using var console = new AConsole();

        (await console.InvokeAsync("eval", path, "--model", _spec)).ShouldBe(ExitCode.Success, console.Error);

        console.Output.ShouldContain("student: accuracy ");
        console.Output.ShouldContain(" errors in 50 samples, ECE ");
        console.Output.ShouldContain("balanced accuracy ");
        console.Output.ShouldContain("which the validation samples ask for");
        console.Output.ShouldContain("recall: 0 ");
        console.Output.ShouldContain($"digest: {digest}");
    }

    [Fact]
    public async Task Eval_OfATeacherAsJson_IsReadByPrograms()
    {
        var (path, digest) = WriteWeights(hidden: 30);
        using var console = new AConsole();

        (await console.InvokeAsync("eval", path, "--model", _spec, "--as", "big", "--json")).ShouldBe(ExitCode.Success, console.Error);

        var answer = JsonNode.Parse(console.Output)!;
        answer["network"]!.GetValue<string>().ShouldBe("big");
        answer["samples"]!.GetValue<int>().ShouldBe(50);
        answer["accuracy"]!.GetValue<double>().ShouldBe((50 - answer["errors"]!.GetValue<int>()) / 50.0);
        answer["parameters"]!.GetValue<long>().ShouldBe((784 * 30) + 30 + (30 * 10) + 10);
        answer["confusion"]!.AsArray().Sum(row => row!.AsArray().Sum(cell => cell!.GetValue<int>())).ShouldBe(50);
        answer["recall"]!.AsArray().Average(share => share!.GetValue<double>()).ShouldBe(answer["balancedAccuracy"]!.GetValue<double>(), 1e-12);
        answer["negativeLogLikelihood"]!.GetValue<double>().ShouldBeGreaterThan(0);
        answer["calibrationTemperature"]!.GetValue<double>().ShouldBeGreaterThan(0);
        answer["digest"]!.GetValue<string>().ShouldBe(digest.ToString());
    }

    [Fact]
    public async Task Eval_OfWeightsThatDoNotFit_NamesEveryMismatch()
    {
        var (path, _) = WriteWeights(hidden: 30);
        using var console = new AConsole();

        (await console.InvokeAsync("eval", path, "--model", _spec)).ShouldBe(ExitCode.BadInput);

        console.Error.ShouldContain($"WEIGHTS: found [30, 784] at fc1.weight of {path}; allowed [5, 784]; name the network that these weights are of with --as (now student),");
        console.Error.ShouldContain("3 problems; nothing was started.");
    }

    [Fact]
    public async Task Eval_OfAFileThatIsCutOff_SaysThatItIsDamaged()
    {
        var (path, _) = WriteWeights(hidden: 5);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        using var console = new AConsole();

        (await console.InvokeAsync("eval", path, "--model", _spec)).ShouldBe(ExitCode.BadInput);

        console.Error.ShouldStartWith($"WEIGHTS: found 15939 bytes at data of {path}; allowed 15940 bytes;");
        console.Error.ShouldContain("it is damaged");
    }

    [Fact]
    public async Task Eval_WithSeveralThingsWrong_SaysAll()
    {
        using var console = new AConsole();

        (await console.InvokeAsync("eval", "no.safetensors", "--model", _spec, "--as", "bg")).ShouldBe(ExitCode.BadInput);

        console.Error.ShouldContain("WEIGHTS: found no file at no.safetensors; allowed a safetensors file;");
        console.Error.ShouldContain("--as: found 'bg'; allowed big, baseline, student; write big");
    }

    private (string Path, Digest Digest) WriteWeights(int hidden)
    {
        using var network = Networks.Create(new MlpSpec { Widths = [784, hidden, 10] }, seed: 1);
        var bytes = network.Save();
        var path = _folder["weights.safetensors"];
        File.WriteAllBytes(path, bytes);
        return (path, Digest.Of(bytes));
    }
}
