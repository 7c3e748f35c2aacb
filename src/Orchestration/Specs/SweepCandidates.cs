using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>
/// Rules that join fields must hold for every trial. They are tried on the spec with the least and the greatest value of
/// each parameter written into it, one parameter at a time.
/// </summary>
internal static class SweepCandidates
{
    private const string StudentModel = "student.model";

    /// <summary>What the rules find in a candidate and not in the spec itself; one problem for each value at most.</summary>
    public static IEnumerable<SpecProblem> Check(BoundSpec spec, Func<BoundSpec, IEnumerable<SpecProblem>> rules) =>
        from parameter in spec.All<ParameterSpec>()
        from start in Starts(spec, parameter.Value.Path)
        let known = rules(SpecBinder.Bind(start)).Select(problem => problem.Place.Path).ToHashSet()
        let numbers = SweptNumber.Of(spec, parameter).OrderBy(number => number.Value).ToArray()
        from number in new[] { numbers[0], numbers[^1] }.Distinct()
        let candidate = With(start, parameter.Value.Path, new SpecScalar(number.Place, number.Text, IsQuoted: false))
        where candidate is not null && !candidate.IsFaulty(parameter.Value.Path)
        let problem = rules(candidate).FirstOrDefault(problem => !known.Contains(problem.Place.Path))
        where problem is not null
        select new SpecProblem(
            number.Place,
            $"{number.Text}, with which {problem.Place.Path} is {problem.Found}",
            problem.Allowed,
            "leave such values out, or sweep something else");

    /// <summary>The spec without its sweep, once with each architecture where the path depends on it.</summary>
    private static IEnumerable<SpecMapping> Starts(BoundSpec spec, string path)
    {
        var plain = spec.Root with { Entries = [.. spec.Root.Entries.Where(entry => entry.Key != "sweep")] };
        var architectures = (spec.Root.Find("sweep") as SpecMapping)?.Find("architectures") as SpecSequence;
        return architectures is { Items.Count: > 0 } && path.StartsWith($"{StudentModel}.", StringComparison.Ordinal)
            ? architectures.Items.Select(model => Put(plain, StudentModel, model)).OfType<SpecMapping>()
            : [plain];
    }

    private static BoundSpec? With(SpecMapping start, string path, SpecNode value) =>
        Put(start, path, value) is { } root ? SpecBinder.Bind(root) : null;

    private static SpecMapping? Put(SpecMapping root, string path, SpecNode value)
    {
        var problems = new List<SpecProblem>();
        var changed = new SpecOverride("sweep", path, value).Apply(root, problems);
        return problems.Count == 0 ? changed : null;
    }
}
