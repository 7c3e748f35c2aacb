using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>A spec without problems, its paths absolute, and the data that it names.</summary>
public sealed record InspectedSpec(RunSpec Spec, Dataset Data);

/// <summary>Checks a spec by itself and against its data.</summary>
public static class SpecInspection
{
    /// <summary>Null, with everything that is wrong added to <paramref name="problems"/>, where there is anything.</summary>
    public static InspectedSpec? Inspect(SpecRequest request, ICollection<SpecProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(request);
        var found = new List<SpecProblem>();
        InspectedSpec? inspected = null;
        if (request.Bind(found) is { } bound)
        {
            found.AddRange(bound.Problems);
            found.AddRange(SpecRules.Check(bound));
            var data = InspectData(bound, request.Source.Folder, found);
            found.AddRange(data is null ? ShapeRules.Agree(bound) : ShapeRules.Fit(bound, Shape(data)));
            found.AddRange(MissingWeights(bound, request.Source.Folder));
            inspected = data is not null && bound.Spec is { } spec
                ? new InspectedSpec(SpecPaths.Resolve(spec, request.Source.Folder), data)
                : null;
        }

        found.ForEach(problems.Add);
        return found.Count == 0 ? inspected : null;
    }

    private static Dataset? InspectData(BoundSpec bound, string folder, List<SpecProblem> problems)
    {
        if (bound.Find<DataSpec>("data") is not { } source || bound.IsFaulty("data"))
        {
            return null;
        }

        var inspection = DatasetLoader.Inspect(SpecPaths.Resolve(source.Value, folder));
        problems.AddRange(inspection.Problems.Select(problem => InSpec(problem, bound)));
        return inspection.Dataset;
    }

    private static SpecProblem InSpec(DataProblem problem, BoundSpec bound)
    {
        var isOption = problem.Place.StartsWith("data.", StringComparison.Ordinal);
        return new SpecProblem(
            bound.PlaceOf(isOption ? problem.Place : "data.path"),
            isOption ? problem.Found : $"{problem.Found} at {problem.Place}",
            problem.Expected,
            char.ToLowerInvariant(problem.Remedy[0]) + problem.Remedy[1..].TrimEnd('.'));
    }

    private static IEnumerable<SpecProblem> MissingWeights(BoundSpec bound, string folder) =>
        from teacher in bound.All<TeacherSpec>()
        let weights = teacher.Value.Weights
        where weights is not null && !File.Exists(Path.GetFullPath(weights, folder))
        select new SpecProblem(
            bound.PlaceOf($"{teacher.Place.Path}.weights"),
            $"no file at {Path.GetFullPath(weights, folder)}",
            "a safetensors file",
            "correct the path, or leave it out to train the teacher");

    private static DataShape Shape(Dataset data) =>
        new(data.Classes, data.Shape.Channels, data.Shape.Height, data.Shape.Width);
}
