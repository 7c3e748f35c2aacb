using Microsoft.Extensions.Time.Testing;
using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Running;
using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Tests.Admission;

public sealed class PreflightTests : IDisposable
{
    private const string IdxSpec =
        """
        name: small
        data: {kind: idx, path: mnist}
        teachers:
          - model: {kind: mlp, widths: [784, 30, 10]}
        student:
          model: {kind: mlp, widths: [784, 20, 10]}
        """;

    private static readonly string[] SmallData = ["data.train=20", "data.validation=10", "data.test=10"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<SpecProblem> _problems = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Admit_TheQuickstart_HasAllThatARunNeeds()
    {
        var run = Admit(Quickstart(seed: "5")).ShouldNotBeNull();

        _problems.ShouldBeEmpty();
        run.Id.Value.ShouldMatch("^quickstart-5-20260102-030405-[0-9a-f]{4}$");
        run.Spec.Seed.ShouldBe(5);
        run.Dataset.Kind.ShouldBe("glyphs");
        run.Dataset.Train.ShouldBe(20);
        run.Dataset.Reference.Source.ShouldBe(new GlyphDataSpec { Train = 20, Validation = 10, Test = 10 });
        run.OutFolder.ShouldBe(_folder["out"]);
    }

    [Fact]
    public void Admit_DataWithALongTail_CountsItsClasses_AndRefusesTrainingsWithoutSamples()
    {
        SpecRequest Choosing(int label) =>
            Quickstart(extra: ["data.train=4", "data.imbalance=2", $"student.training.samples={{classes: [{label}]}}"]);

        Admit(Choosing(3)).ShouldNotBeNull().Dataset.TrainPerClass.ShouldBe([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
        Admit(Choosing(4)).ShouldBeNull();

        _problems.ShouldHaveSingleItem().ToString().ShouldContain(
            "student.training.samples.classes: found [4], of which there is no training sample;");
    }

    [Fact]
    public void Admit_BiasCorrectionWithoutValidationSamplesOfEveryClass_IsRefused()
    {
        Admit(Quickstart(extra: ["data.validation=3", "student.training.biasCorrection=true"])).ShouldBeNull();

        _problems.ShouldHaveSingleItem().ToString().ShouldContain(
            "student.training.biasCorrection: found true, without a validation sample of class ");
    }

    [Fact]
    public void Admit_TwoRuns_HaveDifferentIds() =>
        Enumerable.Range(0, 5).Select(_ => Admit(Quickstart())!.Id).Distinct().Count().ShouldBeGreaterThan(1);

    [Fact]
    public void Admit_ASoundRun_LeavesNothingInTheFileSystem()
    {
        Admit(Quickstart()).ShouldNotBeNull();

        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Admit_ResultsInTheFolder_AreRefusedUnlessTheyMayBeReplaced()
    {
        Directory.CreateDirectory(_folder["out"]);
        _folder.Write("out/report.json", "{}");
        _folder.Write("out/student.safetensors", "");

        Admit(Quickstart()).ShouldBeNull();
        Admit(Quickstart(), replaceResults: true).ShouldNotBeNull();

        Lines().ShouldBe(
        [
            $"--out: found results in {_folder["out"]}: report.json, student.safetensors; "
            + "allowed a folder without results; choose another folder, or replace them with --force",
        ]);
    }

    [Fact]
    public void Admit_AFileWhereTheFolderShouldBe_IsRefused()
    {
        _folder.Write("out", "a file");

        Admit(Quickstart()).ShouldBeNull();

        Lines().ShouldBe([$"--out: found the file {_folder["out"]}; allowed a folder; choose another folder, or move the file away"]);
    }

    [Fact]
    public void Admit_AFolderThatCannotBeWritten_IsRefused()
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "There is no /proc, where nobody can write.");

        Admit(Quickstart(), outFolder: "/proc/results").ShouldBeNull();

        Lines().ShouldHaveSingleItem().ShouldStartWith("--out: found /proc, where no file can be made (");
    }

    [Fact]
    public void Admit_DataForTheBuiltInGlyphs_IsRefused()
    {
        Admit(Quickstart(dataFolder: "mnist")).ShouldBeNull();

        Lines().ShouldHaveSingleItem().ShouldStartWith("--data: found 'mnist'; allowed nothing where data.kind is glyphs (quickstart.yaml:");
    }

    [Fact]
    public void Admit_DataThatIsNotThere_IsReportedWhereTheSpecNamesIt()
    {
        var spec = _folder.Write("spec.yaml", IdxSpec);

        Admit(FromFile(spec)).ShouldBeNull();

        Lines().ShouldHaveSingleItem().ShouldStartWith($"{spec}:2:25 data.path: found nothing at {_folder["mnist"]}; allowed ");
    }

    [Fact]
    public void Admit_DataOfTheCommandLine_IsReportedAtItsOption()
    {
        var spec = _folder.Write("spec.yaml", IdxSpec);

        Admit(FromFile(spec) with { DataFolder = _folder["elsewhere"] }).ShouldBeNull();

        Lines().ShouldHaveSingleItem().ShouldStartWith($"--data data.path: found nothing at {_folder["elsewhere"]}; allowed ");
    }

    [Fact]
    public void Admit_WeightsThatAreNotThere_AreReportedWhereTheSpecNamesThem()
    {
        Admit(Quickstart(extra: ["teachers=[{weights: lost.safetensors, model: {kind: mlp, widths: [784, 10]}}]"])).ShouldBeNull();

        Lines().ShouldHaveSingleItem().ShouldStartWith("--set teachers[0].weights: found no file at ");
    }

    [Theory]
    [InlineData("[784, 30, 10]", null)]
    [InlineData("[784, 20, 10]", "found [30, 784] at fc1.weight of ")]
    [InlineData("[784, 30, 10, 10]", "found no such tensor at fc3.weight of ")]
    public void Admit_WeightsOfATeacher_MustBeThoseOfItsModel(string widths, string? finding)
    {
        using var network = Networks.Create(new MlpSpec { Widths = [784, 30, 10] }, seed: 1);
        File.WriteAllBytes(_folder["big.safetensors"], network.Save());

        var run = Admit(Quickstart(extra: [$"teachers=[{{weights: {_folder["big.safetensors"]}, model: {{kind: mlp, widths: {widths}}}}}]"]));

        (run is null).ShouldBe(finding is not null);
        Lines().Any(line => line.StartsWith($"--set teachers[0].weights: {finding}{_folder["big.safetensors"]}; allowed ", StringComparison.Ordinal))
            .ShouldBe(finding is not null);
    }

    [Fact]
    public void Admit_WeightsThatAreDamaged_AreReportedBesideTheRest()
    {
        _folder.Write("big.safetensors", "abc");

        Admit(Quickstart(extra: [$"teachers=[{{weights: {_folder["big.safetensors"]}, model: {{kind: mlp, widths: [784]}}}}]"])).ShouldBeNull();

        Lines().Length.ShouldBe(2);
        Lines().ShouldContain(
            $"--set teachers[0].weights: found 3 bytes at header length of {_folder["big.safetensors"]}; allowed at least 8 bytes; "
            + "name a safetensors file of 32-bit floats; if this was one, it is damaged");
    }

    [Fact]
    public void Admit_WithoutItsData_StillComparesClassesWithTheSpec()
    {
        var spec = _folder.Write("spec.yaml", IdxSpec.Replace("30, 10]", "30, 11]", StringComparison.Ordinal));

        Admit(FromFile(spec)).ShouldBeNull();

        Lines().ShouldContain($"{spec}:4:42 teachers[0].model.widths[2]: found 11; allowed 10, for the data has 10 classes; write 10");
        Lines().Length.ShouldBe(2);
    }

    [Fact]
    public void Admit_AFaultInTheWordsAboutData_DoesNotHideTheFaultsOfItsFiles()
    {
        var spec = _folder.Write("spec.yaml", IdxSpec.Replace("mnist}", "mnist, validation: 0}", StringComparison.Ordinal));

        Admit(FromFile(spec)).ShouldBeNull();

        Lines().Select(line => line[..line.IndexOf(": found", StringComparison.Ordinal)])
            .ShouldBe([$"{spec}:2:25 data.path", $"{spec}:2:44 data.validation"]);
    }

    [Theory]
    [InlineData("\"\"", "''")]
    [InlineData("\"a\\0b\"", "a null character")]
    public void Admit_PathsThatAreNone_AreRefused(string written, string found)
    {
        var spec = _folder.Write(
            "spec.yaml",
            IdxSpec.Replace("mnist}", $"{written}}}", StringComparison.Ordinal).Replace("{kind: mlp, widths: [784, 30, 10]}", $"{{kind: mlp, widths: [784, 30, 10]}}\n    weights: {written}", StringComparison.Ordinal));

        Admit(FromFile(spec)).ShouldBeNull();

        Lines().ShouldBe(
        [
            $"{spec}:2:25 data.path: found {found}; allowed a path; name a file or folder that exists",
            $"{spec}:5:14 teachers[0].weights: found {found}; allowed a path; name a file or folder that exists",
        ]);
    }

    [Fact]
    public void Admit_EverythingWrong_IsReportedTogether()
    {
        var spec = _folder.Write("spec.yaml", IdxSpec.Replace("[784, 20, 10]", "[783, 20, 10]", StringComparison.Ordinal));
        _folder.Write("out", "a file");

        Admit(FromFile(spec, "distillation.temperature=0", "sede=1") with { Seed = "x" }).ShouldBeNull();

        string[] places =
        [
            $"{spec}:2:25 data.path", $"{spec}:6:31 student.model.widths[0]",
            "--out", "--seed seed", "--set distillation.temperature", "--set sede",
        ];
        Lines().Select(line => line[..line.IndexOf(": found", StringComparison.Ordinal)]).ShouldBe(places);
    }

    [Fact]
    public void Admit_ASpecThatIsNotThere_StillChecksTheFolder()
    {
        _folder.Write("out", "a file");

        Admit(FromFile("no/such.yaml")).ShouldBeNull();

        Lines().Length.ShouldBe(2);
    }

    [Fact]
    public void Admit_TargetsThatMakeNoSense_SaysAllAtOnce()
    {
        var file = _folder.Write("file", "");

        Admit(Quickstart(), targets: new TargetRequest("lots", file, "4GB")).ShouldBeNull();

        Lines().ShouldBe(
        [
            "--target-disk: found '4GB'; allowed a number of bytes, or one followed by KiB, MiB, GiB or TiB; write for example 256MiB; 0 keeps nothing",
            $"--target-folder: found the file {file}; allowed a folder; choose another folder, or move the file away",
            "--target-memory: found 'lots'; allowed a number of bytes, or one followed by KiB, MiB, GiB or TiB; write for example 256MiB; 0 keeps nothing",
        ]);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1048577", 1_048_577)]
    [InlineData("1B", 1)]
    [InlineData("1 MiB", 1_048_576)]
    [InlineData("3GiB", 3L << 30)]
    public void Admit_TargetsInAnyUnit_AreBytes(string memory, long bytes) =>
        Admit(Quickstart(), targets: TargetRequest.Default with { Memory = memory })!.Targets.MemoryBytes.ShouldBe(bytes);

    private static SpecRequest Quickstart(string? seed = null, string? dataFolder = null, string[]? extra = null) =>
        new(SpecSource.Quickstart(), seed, dataFolder, [.. SmallData, .. extra ?? []]);

    private static SpecRequest FromFile(string path, params string[] assignments) =>
        new(SpecSource.File(path), null, null, assignments);

    private AdmittedRun? Admit(
        SpecRequest spec, string? outFolder = null, bool replaceResults = false, TargetRequest? targets = null) =>
        Preflight.Admit(
            new RunRequest(spec, outFolder ?? _folder["out"], replaceResults, targets ?? TargetRequest.Default),
            new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
            _problems);

    private string[] Lines() =>
        [.. _problems.OrderBy(problem => problem.Place, Place.ReadingOrder).Select(problem => problem.ToString())];
}
