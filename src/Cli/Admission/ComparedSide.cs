using System.Text.Json;
using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Results;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Orchestration.Comparisons;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>Reads the runs of one side of a comparison from the folders of their results, or takes what a cluster has told of them.</summary>
/// <param name="side">The argument that names them.</param>
/// <param name="exported">Runs of a cluster, as far as the sides name such.</param>
/// <param name="problems">Gains all that is wrong.</param>
internal sealed class ComparedSide(string side, ClusterReports exported, ICollection<SpecProblem> problems)
{
    private const string Separator = ",";
    private const string WriteAgain = "write the results of the run again with still export";

    private readonly Place _place = Place.Option(side);

    /// <summary>Those of the names that are no folder, but may be a run of a cluster.</summary>
    public static IEnumerable<RunId> RunsAmong(string names) =>
        from name in Split(names)
        where !FolderPattern.IsPattern(name) && !Path.Exists(name) && RunId.TryParse(name, null, out _)
        select RunId.Parse(name, null);

    /// <param name="names">Folders with a report, patterns of such, or runs of a cluster, with commas between them.</param>
    /// <returns>Every run that could be read, in the order of the names.</returns>
    public IReadOnlyList<ComparedRun> Read(string names)
    {
        ComparedRun[] runs = [.. Split(names).SelectMany(ReadRuns)];
        foreach (var same in runs.GroupBy(run => run.Report.Seed).Where(same => same.Count() > 1))
        {
            Refuse(
                $"seed {same.Key} in {string.Join(" and ", same.Select(run => run.Source))}",
                "every seed once",
                "leave all but one of them out, or run them with other seeds");
        }

        return runs;
    }

    /// <summary>Refuses runs that were measured on other data than the reference.</summary>
    public void RequireDataOf(ComparedRun reference, IEnumerable<ComparedRun> runs)
    {
        foreach (var run in runs.Where(run => run.Report.Dataset.Digest != reference.Report.Dataset.Digest))
        {
            Refuse(
                $"{Describe(run.Report.Dataset)} in {run.Source}",
                $"{Describe(reference.Report.Dataset)}, as in {reference.Source}",
                "compare runs on the same data");
        }
    }

    private static string[] Split(string names) => names.Split(Separator, StringSplitOptions.TrimEntries);

    private IEnumerable<ComparedRun> ReadRuns(string name) => exported.Find(name) is { } report
        ? [new ComparedRun(name, report, ReadPredictions(report, digest => ResultFolder.FileOf(digest, exported.Artifacts)))]
        : Find(name).Select(ReadRun).OfType<ComparedRun>();

    private static string Describe(DatasetReport dataset) => $"{dataset.Kind} {dataset.Digest}";

    private IReadOnlyList<string> Find(string entry)
    {
        if (!FolderPattern.IsPattern(entry))
        {
            if (Directory.Exists(entry))
            {
                return [entry];
            }

            Refuse(
                entry.Length == 0 ? "no name between two commas" : File.Exists(entry) ? $"a file, {entry}" : $"no folder at {entry}",
                $"a folder with a {ResultFolder.ReportName}",
                "name the folder that still run --out or still export wrote");
            return [];
        }

        try
        {
            if (FolderPattern.Match(entry) is { Count: > 0 } found)
            {
                return found;
            }

            Refuse(
                $"no folder that matches {entry}",
                "a pattern that matches folders",
                "check the path, and quote the pattern so that the shell leaves it as it is");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse($"a folder that cannot be read at {entry} ({e.Message})", "folders that can be read", "check their permissions");
        }

        return [];
    }

    private ComparedRun? ReadRun(string folder)
    {
        var path = Path.Combine(folder, ResultFolder.ReportName);
        try
        {
            var report = ReportJson.Decode(File.ReadAllBytes(path));
            return new ComparedRun(folder, report, ReadPredictions(report, _ => Path.Combine(folder, ResultFolder.PredictionsName)));
        }
        catch (JsonException e)
        {
            Refuse($"no report in {path} ({e.Message})", "the report of a run", WriteAgain);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse(
                File.Exists(path) ? $"results that cannot be read in {folder} ({e.Message})" : $"no {ResultFolder.ReportName} in {folder}",
                $"a folder with a {ResultFolder.ReportName}",
                "name the folder that still run --out or still export wrote");
        }

        return null;
    }

    /// <summary>Null where the report knows of none or the file is not there; damaged ones are a problem.</summary>
    /// <param name="file">Where they should be.</param>
    private IReadOnlyList<int>? ReadPredictions(RunReport report, Func<Digest, string> file)
    {
        if (report.Predictions is not { } digest)
        {
            return null;
        }

        var path = file(digest);
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        if (Digest.Of(bytes) is var found && found != digest)
        {
            Refuse($"{found} in {path}", $"{digest}, as the report says", WriteAgain);
            return null;
        }

        try
        {
            var predicted_N = Predictions.Read(SafetensorsFile.Parse(bytes, path)).Student;
            if (predicted_N.Count == report.Dataset.Test)
            {
                return predicted_N;
            }

            Refuse($"{predicted_N.Count} predictions in {path}", $"{report.Dataset.Test}, one for each test sample", WriteAgain);
        }
        catch (WeightsRefusedException damage)
        {
            Refuse(damage.Message, "the classes that the student names", WriteAgain);
        }

        return null;
    }

    private void Refuse(string found, string allowed, string remedy) => problems.Add(new SpecProblem(_place, found, allowed, remedy));
}
