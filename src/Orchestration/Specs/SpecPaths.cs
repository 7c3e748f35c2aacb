using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>Paths in a spec count from the spec's own folder, wherever the command is given.</summary>
public static class SpecPaths
{
    /// <summary>The spec with every path absolute.</summary>
    /// <param name="folder">Absolute; the folder of the spec file.</param>
    public static RunSpec Resolve(RunSpec spec, string folder) => spec with
    {
        Data = spec.Data is IdxDataSpec idx ? idx with { Path = Path.GetFullPath(idx.Path, folder) } : spec.Data,
        Teachers =
        [
            .. from teacher in spec.Teachers
               select teacher.Weights is { } weights ? teacher with { Weights = Path.GetFullPath(weights, folder) } : teacher,
        ],
    };
}
