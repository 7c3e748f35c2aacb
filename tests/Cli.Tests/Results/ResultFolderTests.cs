using System.Text.Json.Nodes;
using Stillhouse.Cli.Results;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Cli.Tests.Results;

public sealed class ResultFolderTests : IDisposable
{
    private readonly TemporaryFolder _artifacts = new();
    private readonly TemporaryFolder _results = new();

    public void Dispose()
    {
        _artifacts.Dispose();
        _results.Dispose();
    }

    [Fact]
    public void Publish_WritesTheReportAndTheWeightsOfEveryNetwork()
    {
        AReport.WriteArtifacts(_artifacts.Path, "student", "baseline", "big-1", "big-2");

        var files = new ResultFolder(_results.Path).Publish(AReport.Of("big-1", "big-2"), _artifacts.Path);

        _results.Files.ShouldBe(["baseline.safetensors", "big-1.safetensors", "big-2.safetensors", "report.json", "student.safetensors"]);
        files.Order().ShouldBe(_results.Files.Select(file => _results[file]));
        File.ReadAllBytes(_results["big-2.safetensors"]).ShouldBe(AReport.WeightsOf("big-2"));
    }

    [Fact]
    public void Publish_OfSeveralStudents_WritesTheWeightsOfAll()
    {
        AReport.WriteArtifacts(_artifacts.Path, "student", "baseline", "assistant", "peer");

        new ResultFolder(_results.Path).Publish(AReport.WithOthers("assistant", "peer"), _artifacts.Path);

        _results.Files.ShouldBe(["assistant.safetensors", "baseline.safetensors", "peer.safetensors", "report.json", "student.safetensors"]);
    }

    [Fact]
    public void Publish_NamesTheFieldsAsProgramsExpectThem()
    {
        AReport.WriteArtifacts(_artifacts.Path, "student", "baseline", "big");

        new ResultFolder(_results.Path).Publish(AReport.Of("big"), _artifacts.Path);

        var report = JsonNode.Parse(File.ReadAllText(_results["report.json"]))!;
        report["teachers"]![0]!["accuracy"]!.GetValue<double>().ShouldBe(0.96);
        report["ensemble"]!["accuracy"]!.GetValue<double>().ShouldBe(0.98);
        report["baseline"]!["accuracy"]!.GetValue<double>().ShouldBe(0.93);
        report["student"]!["accuracy"]!.GetValue<double>().ShouldBe(0.95);
        report["student"]!["parameters"]!.GetValue<long>().ShouldBe(100_000);
        report["student"]!["sizeReduction"]!.GetValue<double>().ShouldBe(3);
        report["student"]!["agreement"]!.GetValue<double>().ShouldBe(0.97);
        report["student"]!["gapClosed"]!.GetValue<double>().ShouldBe(0.4);
        report["student"]!["digest"]!.GetValue<string>().ShouldStartWith("sha256:");
        report["throughput"]!["studentSamplesPerSecond"]!.GetValue<double>().ShouldBe(12_345);
        report["throughput"]!["waitShare"]!.GetValue<double>().ShouldBe(0.25);
    }

    [Fact]
    public void Publish_WritesThePredictions_AndRemovesThemWithTheirReport()
    {
        AReport.WriteArtifacts(_artifacts.Path, "student", "baseline", "big", "predictions");
        var results = new ResultFolder(_results.Path);
        var digest = Digest.Of(AReport.WeightsOf("predictions"));

        results.Publish(AReport.Of("big") with { Predictions = digest }, _artifacts.Path).ShouldContain(_results["predictions.safetensors"]);
        File.ReadAllBytes(_results["predictions.safetensors"]).ShouldBe(AReport.WeightsOf("predictions"));
        ReportJson.Decode(File.ReadAllBytes(_results["report.json"])).Predictions.ShouldBe(digest);

        results.Publish(AReport.Of("big"), _artifacts.Path);
        _results.Files.ShouldNotContain("predictions.safetensors");
    }

    [Fact]
    public void Publish_OverOldResults_ReplacesThemAndTouchesNothingElse()
    {
        AReport.WriteArtifacts(_artifacts.Path, "student", "baseline", "gone", "big");
        var results = new ResultFolder(_results.Path);
        results.Publish(AReport.Of("gone"), _artifacts.Path);
        _results.Write("mine.safetensors", "a person's own");
        _results.Write("notes.txt", "a person's own");

        results.Publish(AReport.Of("big"), _artifacts.Path);

        _results.Files.ShouldBe(
            ["baseline.safetensors", "big.safetensors", "mine.safetensors", "notes.txt", "report.json", "student.safetensors"]);
    }

    [Theory]
    [InlineData("not a report")]
    [InlineData("{}")]
    public void Publish_OverAReportThatIsNotOurs_ReplacesWhatHasTheSameName(string content)
    {
        AReport.WriteArtifacts(_artifacts.Path, "student", "baseline", "big");
        _results.Write("report.json", content);
        _results.Write("student.safetensors", "old");

        new ResultFolder(_results.Path).Publish(AReport.Of("big"), _artifacts.Path);

        File.ReadAllBytes(_results["student.safetensors"]).ShouldBe(AReport.WeightsOf("student"));
        JsonNode.Parse(File.ReadAllText(_results["report.json"])).ShouldNotBeNull();
    }

    [Fact]
    public void Publish_WithAnArtifactMissing_LeavesTheOldResultsAsTheyWere()
    {
        AReport.WriteArtifacts(_artifacts.Path, "student", "baseline");
        _results.Write("report.json", "old");
        _results.Write("student.safetensors", "old");

        Should.Throw<FileNotFoundException>(() => new ResultFolder(_results.Path).Publish(AReport.Of("big"), _artifacts.Path));

        _results.Files.ShouldBe(["report.json", "student.safetensors"]);
        File.ReadAllText(_results["report.json"]).ShouldBe("old");
        File.ReadAllText(_results["student.safetensors"]).ShouldBe("old");
    }

    [Fact]
    public void Publish_WithAnArtifactThatIsNotWhatItsNameSays_LeavesTheOldResultsAsTheyWere()
    {
        AReport.WriteArtifacts(_artifacts.Path, "student", "baseline", "big");
        foreach (var artifact in _artifacts.Files.Take(1))
        {
            _artifacts.Write(artifact, "other");
        }

        _results.Write("report.json", "old");

        Should.Throw<IOException>(() => new ResultFolder(_results.Path).Publish(AReport.Of("big"), _artifacts.Path))
            .Message.ShouldContain("expected the content sha256:");

        _results.Files.ShouldBe(["report.json"]);
    }
}
