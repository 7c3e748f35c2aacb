using System.Text.Json.Nodes;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Weights;
using Stillhouse.Orchestration.Comparisons;

namespace Stillhouse.Cluster.Tests.Processes;

public sealed class ComparisonTests : IDisposable
{
    private readonly RunFolder _folder = new(studentEpochs: 1);

    [Fact]
    public async Task Predictions_AreThoseOfTheReport_AndGiveTheChurnBetweenSeeds()
    {
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("one"));
        await StillProcess.SucceedAsync("run", _folder.Spec, "--out", _folder.Out("two"), "--seed", "2");
        var (one, two) = (Read("one"), Read("two"));

        var report = _folder.Report("one");
        Agreement(one.Ensemble, one.Student).ShouldBe(report["student"]!["agreement"]!.GetValue<double>(), 1e-12);
        Agreement(one.Ensemble, one.Baseline).ShouldBe(report["baseline"]!["agreement"]!.GetValue<double>(), 1e-12);

        var (exitCode, output) = await StillProcess.RunAsync("compare", _folder.Out("one"), _folder.Out("two"), "--json");
        exitCode.ShouldBe(0, output);
        JsonNode.Parse(output)!["churn"]!["between"]!.GetValue<double>().ShouldBe(Churn.Disagreement(one.Student, two.Student), 1e-12);
    }

    public void Dispose() => _folder.Dispose();

    private static double Agreement(IReadOnlyList<int> first, IReadOnlyList<int> second) => 1 - Churn.Disagreement(first, second);

    private Predictions Read(string name) => Predictions.Read(SafetensorsFile.Read(Path.Combine(_folder.Out(name), "predictions.safetensors")));
}
