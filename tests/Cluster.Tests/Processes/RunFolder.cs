using System.Text.Json.Nodes;

namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>A spec and an output folder of their own, removed after the test.</summary>
internal sealed class RunFolder : IDisposable
{
    public const int TrainSamples = 600;
    public const int Classes = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillhouse-test-");

    /// <param name="studentEpochs">Few for a run that is to end, many for one that is to be disturbed.</param>
    /// <param name="view">How the student's samples are augmented.</param>
    /// <param name="more">Further sections of the spec.</param>
    public RunFolder(int studentEpochs, string view = "plain", string more = "")
        : this($$"""
        name: small
        data: {kind: glyphs, train: {{TrainSamples}}, validation: 100, test: 300}
        teachers:
          - count: 3
            model: {kind: mlp, widths: [784, 60, 10], dropout: 0.2}
            training: {epochs: 2, batchSize: 64}
        student:
          model: {kind: mlp, widths: [784, 30, 10], dropout: 0.1}
          training:
            epochs: {{studentEpochs}}
            batchSize: 64
            view:
              kind: {{view}}
        {{more}}
        """)
    {
    }

    private RunFolder(string spec) => File.WriteAllText(Spec, spec);

    /// <summary>With networks that all learn in the same batches.</summary>
    /// <param name="teachers">That learn as well.</param>
    public static RunFolder SideBySide(int epochs, string recipe, int teachers)
    {
        var training = $"training: {{epochs: {epochs}, batchSize: 64, view: {{kind: shift}}}}";
        var teacher = "{model: {kind: mlp, widths: [784, 60, 10], dropout: 0.2}, " + training + "}";
        return new RunFolder(string.Join(
            '\n',
            "name: small",
            $"data: {{kind: glyphs, train: {TrainSamples}, validation: 100, test: 300}}",
            $"teachers: [{string.Join(", ", Enumerable.Repeat(teacher, teachers))}]",
            $"student: {{model: {{kind: mlp, widths: [784, 30, {Classes}], dropout: 0.1}}, {training}}}",
            recipe));
    }

    public string Spec => Path.Combine(_folder.FullName, "small.yaml");

    public string Out(string name = "out") => Path.Combine(_folder.FullName, name);

    public string StudentDigest(string name) => Report(name)["student"]!["digest"]!.GetValue<string>();

    /// <summary>The weights of every trial of the sweep.</summary>
    public IReadOnlyList<string> TrialDigests(string name) =>
        [.. Report(name)["sweep"]!["trials"]!.AsArray().Select(trial => $"{trial!["trial"]} {trial["digest"]}")];

    public long ForwardsComputed(string name) => Report(name)["lessons"]!["forwardsComputed"]!.GetValue<long>();

    /// <summary>Every file below the output folder that is not a log.</summary>
    public IEnumerable<string> Leftovers() =>
        Directory.EnumerateFileSystemEntries(Out(), "*", SearchOption.AllDirectories)
            .Select(entry => Path.GetRelativePath(Out(), entry))
            .Where(entry => entry.Split(Path.DirectorySeparatorChar)[0] != "logs");

    public JsonNode Report(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Out(name), "report.json")))!;

    public void Dispose() => _folder.Delete(recursive: true);
}
