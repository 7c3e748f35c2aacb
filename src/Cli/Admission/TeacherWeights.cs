using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>Teachers that are loaded rather than trained: each file is sound and belongs to the teacher's network.</summary>
internal static class TeacherWeights
{
    private const string Key = ".weights";

    public static IReadOnlyList<SpecProblem> Check(BoundSpec bound, string folder)
    {
        var problems = new List<SpecProblem>();
        foreach (var (place, weights) in bound.All<string>())
        {
            var isWeights = place.Path.StartsWith("teachers[", StringComparison.Ordinal) && place.Path.EndsWith(Key, StringComparison.Ordinal);
            if (isWeights && SpecPaths.CanBePath(weights))
            {
                Check(bound, place, Path.GetFullPath(weights, folder), problems);
            }
        }

        return problems;
    }

    private static void Check(BoundSpec bound, Place place, string file, List<SpecProblem> problems)
    {
        var weights = WeightsFile.Read(file, place, problems);
        var path = $"{place.Path[..^Key.Length]}.model";
        if (bound.Find<ModelSpec>(path) is { Value: var model } && IsBuildable(bound, path))
        {
            weights?.CheckFit(model, place, "describe the network of that file under 'model', or name another file", problems);
        }
    }

    /// <summary>Where the model itself has problems, what it should be is not known.</summary>
    private static bool IsBuildable(BoundSpec bound, string model) =>
        !bound.IsFaulty(model) && SpecRules.Check(bound).All(problem => !problem.Place.Path.StartsWith(model, StringComparison.Ordinal));
}
