using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>Proves that files can be made in a folder that need not exist yet. Leaves no trace.</summary>
internal static class WritableFolder
{
    /// <summary>What is wrong with the folder, or null.</summary>
    /// <param name="option">Where a person named it, for example <c>--out</c>.</param>
    public static SpecProblem? Check(string option, string folder)
    {
        if (!SpecPaths.CanBePath(folder))
        {
            return new SpecProblem(Place.Option(option), $"'{folder}'", "a folder", "name one");
        }

        var existing = Path.GetFullPath(folder);
        while (!Path.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        return File.Exists(existing)
            ? new SpecProblem(Place.Option(option), $"the file {existing}", "a folder", "choose another folder, or move the file away")
            : Probe(option, existing);
    }

    private static SpecProblem? Probe(string option, string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SpecProblem(
                Place.Option(option),
                $"{folder}, where no file can be made ({e.Message})",
                "a folder that can be written",
                "choose another folder");
        }
    }
}
