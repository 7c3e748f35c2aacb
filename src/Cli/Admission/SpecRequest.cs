using Stillhouse.Coordinator.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>A spec and what the command line puts in place of its values.</summary>
/// <param name="Seed">The text of <c>--seed</c>, or null.</param>
/// <param name="DataFolder">The text of <c>--data</c>, or null; it counts from the current folder.</param>
/// <param name="Assignments">The texts of <c>--set</c>; a later one wins.</param>
public sealed record SpecRequest(SpecSource Source, string? Seed, string? DataFolder, IReadOnlyList<string> Assignments)
{
    private const string SeedOption = "--seed";
    private const string DataOption = "--data";
    private const string SetOption = "--set";

    /// <summary>Null, with problems added, where the spec cannot be read at all.</summary>
    public BoundSpec? Bind(ICollection<SpecProblem> problems)
    {
        var overrides = Assignments
            .Select(assignment => YamlSpecReader.ReadOverride(SetOption, assignment, problems))
            .OfType<SpecOverride>()
            .ToList();
        if (Seed is not null)
        {
            overrides.Add(Override(SeedOption, "seed", Seed, isQuoted: false));
        }

        if (Source.Read(problems) is not { } root)
        {
            return null;
        }

        root = overrides.Aggregate(root, (spec, change) => change.Apply(spec, problems));
        return SpecBinder.Bind(DataFolder is null ? root : WithData(root, DataFolder, problems));
    }

    private static SpecMapping WithData(SpecMapping root, string folder, ICollection<SpecProblem> problems)
    {
        var kind = (root.Find("data") as SpecMapping)?.Find("kind") as SpecScalar;
        if (kind?.Text == "glyphs")
        {
            problems.Add(new SpecProblem(
                Place.Option(DataOption),
                $"'{folder}'",
                $"nothing where data.kind is glyphs ({kind.Place})",
                "leave it out, the glyphs are drawn by code"));
            return root;
        }

        return Override(DataOption, "data.path", SpecPaths.CanBePath(folder) ? Path.GetFullPath(folder) : folder, isQuoted: true).Apply(root, problems);
    }

    private static SpecOverride Override(string option, string path, string text, bool isQuoted) =>
        new(option, path, new SpecScalar(Place.Option(option, path), text, isQuoted));
}
