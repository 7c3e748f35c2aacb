using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>A spec without problems, its paths absolute, and the data that it names.</summary>
public sealed record InspectedSpec(RunSpec Spec, Dataset Data);

/// <summary>Checks a spec by itself, against its data and against the weights that it names.</summary>
public static class SpecInspection
{
    /// <summary>
    /// The spec as far as it can be checked by itself; neither its data nor weights are looked at. Null, with everything that
    /// is wrong added to <paramref name="problems"/>, where there is anything.
    /// </summary>
    public static RunSpec? Read(SpecRequest request, ICollection<SpecProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(problems);
        var found = new List<SpecProblem>();
        var bound = request.Bind(found);
        if (bound is not null)
        {
            found.AddRange([.. bound.Problems, .. SpecRules.Check(bound), .. ShapeRules.Check(bound, DataShape.Unknown)]);
        }

        found.ForEach(problems.Add);
        return found.Count == 0 ? bound!.Spec : null;
    }

    /// <summary>Null, with everything that is wrong added to <paramref name="problems"/>, where there is anything.</summary>
    public static InspectedSpec? Inspect(SpecRequest request, ICollection<SpecProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(request);
        var found = new List<SpecProblem>();
        var bound = request.Bind(found);
        var data = bound is null ? null : Inspect(bound, request.Source.Folder, found);
        found.ForEach(problems.Add);
        return found.Count == 0 ? new InspectedSpec(SpecPaths.Resolve(bound!.Spec!, request.Source.Folder), data!) : null;
    }

    private static Dataset? Inspect(BoundSpec bound, string folder, List<SpecProblem> problems)
    {
        problems.AddRange(bound.Problems);
        problems.AddRange(SpecRules.Check(bound));
        var data = InspectData(bound, folder);
        problems.AddRange(data?.Problems.Where(problem => !bound.IsFaulty(problem.Place)).Select(problem => InSpec(problem, bound)) ?? []);
        problems.AddRange(ShapeRules.Check(bound, data is null ? DataShape.Unknown : Shape(data, bound)));
        problems.AddRange(TeacherWeights.Check(bound, folder));
        return data?.Dataset;
    }

    /// <summary>Null where the spec does not say where to look. Whatever else is wrong with its words, the files are looked at.</summary>
    private static DatasetInspection? InspectData(BoundSpec bound, string folder) =>
        bound.Find<DataSpec>("data") is { Value: var source }
        && (source is not IdxDataSpec idx || (SpecPaths.CanBePath(idx.Path) && (idx.Unlabelled is null || SpecPaths.CanBePath(idx.Unlabelled))))
            ? DatasetLoader.Inspect(SpecPaths.Resolve(source, folder))
            : null;

    private static SpecProblem InSpec(DataProblem problem, BoundSpec bound)
    {
        var isOption = problem.Place == problem.Option;
        return new SpecProblem(
            bound.PlaceOf(problem.Option),
            isOption ? problem.Found : $"{problem.Found} at {problem.Place}",
            problem.Expected,
            char.ToLowerInvariant(problem.Remedy[0]) + problem.Remedy[1..].TrimEnd('.'));
    }

    private static DataShape Shape(DatasetInspection data, BoundSpec bound) =>
        new(
            bound.IsFaulty("data.classes") ? null : data.Classes,
            data.Shape is { } sample ? new ImageShape(sample.Channels, sample.Height, sample.Width) : null,
            data.Dataset?.Train.PerClass(data.Classes),
            data.Dataset?.Validation.PerClass(data.Classes),
            data.Dataset?.Train.Unlabelled);
}
