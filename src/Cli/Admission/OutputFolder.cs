using Stillhouse.Cli.Results;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>Proves, before anything starts, that results can be written.</summary>
internal static class OutputFolder
{
    private const string Option = "--out";

    /// <summary>The absolute path, or null with problems added.</summary>
    public static string? Check(string folder, bool replaceResults, ICollection<SpecProblem> problems)
    {
        var problem = WritableFolder.Check(Option, folder) ?? (replaceResults ? null : Results(Path.GetFullPath(folder)));
        if (problem is null)
        {
            return Path.GetFullPath(folder);
        }

        problems.Add(problem);
        return null;
    }

    private static SpecProblem? Results(string path)
    {
        var existing = new ResultFolder(path).Existing();
        return existing.Count == 0
            ? null
            : new SpecProblem(
                Place.Option(Option),
                $"results in {path}: {string.Join(", ", existing.Select(Path.GetFileName))}",
                "a folder without results",
                "choose another folder, or replace them with --force");
    }
}
