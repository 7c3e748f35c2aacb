using System.Text.Json;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Cli.Results;

/// <summary>
/// The folder of a run's results. <c>report.json</c> stands in it exactly while everything that it speaks of is there:
/// new files are made beside the old ones first, then the old report goes, the artifacts change, and the new report comes
/// last.
/// </summary>
public sealed class ResultFolder(string path)
{
    public const string ReportName = "report.json";

    /// <summary>The classes that networks name for the test samples.</summary>
    public const string PredictionsName = PredictionsOfARun + ArtifactSuffix;

    private const string PredictionsOfARun = "predictions";
    private const string ArtifactSuffix = ".safetensors";
    private const string StagedSuffix = ".new";

    /// <summary>Files of results that are there now, finished or not.</summary>
    public IReadOnlyList<string> Existing() =>
        Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path).Where(IsResult).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>
    /// Writes the report, the weights of every network in it and their predictions. Files of the same names are replaced, and those
    /// that only the old report speaks of are gone then; nothing else in the folder is touched.
    /// </summary>
    /// <param name="artifactFolder">Holds each digest's artifact as <c>HEX.safetensors</c>.</param>
    /// <returns>The files, report first.</returns>
    /// <exception cref="IOException">Something could not be written, or an artifact is not what its name says.</exception>
    public IReadOnlyList<string> Publish(RunReport report, string artifactFolder)
    {
        ArgumentNullException.ThrowIfNull(report);
        Directory.CreateDirectory(path);
        var artifacts = Artifacts(report).ToDictionary(artifact => ArtifactFile(artifact.Name), artifact => artifact.Digest);
        var reportFile = Path.Combine(path, ReportName);
        try
        {
            foreach (var (file, digest) in artifacts)
            {
                StageArtifact(file, FileOf(digest, artifactFolder), digest);
            }

            Stage(reportFile, ReportJson.Encode(report));
            var before = OldArtifacts(reportFile);
            File.Delete(reportFile);
            foreach (var stale in before.Except(artifacts.Keys))
            {
                File.Delete(stale);
            }

            foreach (var file in artifacts.Keys.Append(reportFile))
            {
                File.Move(file + StagedSuffix, file, overwrite: true);
            }
        }
        finally
        {
            foreach (var file in artifacts.Keys.Append(reportFile))
            {
                File.Delete(file + StagedSuffix);
            }
        }

        return [reportFile, .. artifacts.Keys];
    }

    /// <summary>The files that the report in the folder speaks of; none where there is no report, or none of ours.</summary>
    private IReadOnlyList<string> OldArtifacts(string reportFile)
    {
        try
        {
            return File.Exists(reportFile)
                ? [.. Artifacts(ReportJson.Decode(File.ReadAllBytes(reportFile))).Select(artifact => ArtifactFile(artifact.Name))]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private string ArtifactFile(string name) => Path.Combine(path, name + ArtifactSuffix);

    private static IEnumerable<(string Name, Digest Digest)> Artifacts(RunReport report) =>
    [
        (StageName.Student, report.Student.Digest),
        (StageName.Baseline, report.Baseline.Digest),
        .. (report.Predecessors ?? []).Concat(report.Peers ?? []).Select(student => (student.Name, student.Digest)),
        .. report.Teachers.Select(teacher => (teacher.Name, teacher.Digest)),
        .. report.Predictions is { } predictions ? [(PredictionsOfARun, predictions)] : Array.Empty<(string, Digest)>(),
    ];

    /// <summary>An artifact's file in a folder of artifacts.</summary>
    public static string FileOf(Digest artifact, string artifactFolder) => Path.Combine(artifactFolder, artifact.Hex + ArtifactSuffix);

    private static void StageArtifact(string file, string artifact, Digest digest)
    {
        var content = File.ReadAllBytes(artifact);
        if (Digest.Of(content) is var found && found != digest)
        {
            throw new IOException($"{artifact}: expected the content {digest}, found {found}.");
        }

        Stage(file, content);
    }

    private static void Stage(string file, byte[] content)
    {
        using var stream = new FileStream(file + StagedSuffix, FileMode.Create, FileAccess.Write);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    private static bool IsResult(string file) =>
        Path.GetFileName(file) == ReportName || file.EndsWith(ArtifactSuffix, StringComparison.Ordinal);
}
