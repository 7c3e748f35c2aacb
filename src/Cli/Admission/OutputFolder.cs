using Stillhouse.Cli.Results;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>Proves, before anything starts, that results can be written. Leaves no trace.</summary>
internal static class OutputFolder
{
    private const string Option = "--out";

    /// <summary>The absolute path, or null with problems added.</summary>
    public static string? Check(string folder, bool replaceResults, ICollection<SpecProblem> problems)
    {
        if (!SpecPaths.CanBePath(folder))
        {
            problems.Add(Problem($"'{folder}'", "a folder", "name one"));
            return null;
        }

        var path = Path.GetFullPath(folder);
        var found = new[] { Writability(path), replaceResults ? null : Results(path) }.OfType<SpecProblem>().ToList();
        found.ForEach(problems.Add);
        return found.Count == 0 ? path : null;
    }

    private static SpecProblem? Writability(string path)
    {
        var existing = path;
        while (!Path.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        if (File.Exists(existing))
        {
            return Problem($"the file {existing}", "a folder", "choose another folder, or move the file away");
        }

        try
        {
            using var probe = new FileStream(
                Path.Combine(existing, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Problem($"{existing}, where no file can be made ({e.Message})", "a folder that can be written", "choose another folder");
        }
    }

    private static SpecProblem? Results(string path)
    {
        var existing = new ResultFolder(path).Existing();
        return existing.Count == 0
            ? null
            : Problem(
                $"results in {path}: {string.Join(", ", existing.Select(Path.GetFileName))}",
                "a folder without results",
                "choose another folder, or replace them with --force");
    }

    private static SpecProblem Problem(string found, string allowed, string remedy) =>
        new(Place.Option(Option), found, allowed, remedy);
}
