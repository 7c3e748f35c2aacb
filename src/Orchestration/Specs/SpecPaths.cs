using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>Paths in a spec count from the spec's own folder, wherever the command is given.</summary>
public static class SpecPaths
{
    /// <summary>Whether a text can name a file or folder at all.</summary>
    public static bool CanBePath(string text) => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal);

    /// <summary>The spec with every path absolute.</summary>
    /// <param name="folder">Absolute; the folder of the spec file.</param>
    public static RunSpec Resolve(RunSpec spec, string folder) => spec with
    {
        Data = Resolve(spec.Data, folder),
        Teachers =
        [
            .. from teacher in spec.Teachers
               select teacher.Weights is { } weights ? teacher with { Weights = Path.GetFullPath(weights, folder) } : teacher,
        ],
    };

    /// <inheritdoc cref="Resolve(RunSpec, string)"/>
    public static DataSpec Resolve(DataSpec data, string folder) =>
        data is IdxDataSpec idx
            ? idx with
            {
                Path = Path.GetFullPath(idx.Path, folder),
                Unlabelled = idx.Unlabelled is { } file ? Path.GetFullPath(file, folder) : null,
            }
            : data;
}
