using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Specs;

/// <summary>What must hold between the fields of a spec, whatever the data.</summary>
public static class SpecRules
{
    /// <summary>Leaves room for seed, time and a random part in the run id.</summary>
    private const int MaximumNameLength = 64;

    /// <summary>The stages that every run has, and what reports call networks that are measured together.</summary>
    private static readonly string[] ReservedNames = [.. StageName.Reserved, "ensemble", "generations", "predictions"];

    private static readonly Func<BoundSpec, IEnumerable<SpecProblem>>[] Rules =
    [
        NamesAreIdentifiers,
        NetworkNamesAreUnique,
        TeachersWithWeightsAreOne,
        NesterovHasMomentum,
        HalvingsLeaveAPixel,
        PathsNameSomething,
        .. RecipeRules.All,
        .. DistillationRules.All,
        .. LossRules.All,
        .. FeatureRules.All,
        .. SamplesRules.All,
    ];

    private static readonly Func<BoundSpec, IEnumerable<SpecProblem>>[] RulesOfSweeps =
    [
        .. SweepRules.All,
        .. SweepPolicyRules.All,
        spec => SweepCandidates.Check(spec, CheckOne),
    ];

    /// <summary>Every violation. A rule is silent about a field that binding has already found faulty.</summary>
    public static IEnumerable<SpecProblem> Check(BoundSpec spec) =>
        CheckOne(spec).Concat(Sound(spec, RulesOfSweeps));

    /// <summary>Every violation in the spec itself, whatever its sweep makes of it.</summary>
    private static IEnumerable<SpecProblem> CheckOne(BoundSpec spec) => Sound(spec, Rules);

    private static IEnumerable<SpecProblem> Sound(BoundSpec spec, IEnumerable<Func<BoundSpec, IEnumerable<SpecProblem>>> rules) =>
        rules.SelectMany(rule => rule(spec)).Where(problem => !spec.IsFaulty(problem.Place.Path));

    private static IEnumerable<SpecProblem> NamesAreIdentifiers(BoundSpec spec) =>
        from name in spec.All<string>()
        where name.Place.Path == "name" || IsNetworksName(name)
        where !RunId.TryParse(name.Value, null, out _) || name.Value.Length > MaximumNameLength
        select new SpecProblem(
            name.Place,
            $"'{name.Value}'",
            $"1 to {MaximumNameLength} ASCII letters, digits, '-', '_' or '.', beginning with a letter or digit",
            "choose a name that also serves as a file name");

    private static IEnumerable<SpecProblem> NetworkNamesAreUnique(BoundSpec spec)
    {
        var owners = ReservedNames.ToDictionary(name => name, _ => "the run itself");
        foreach (var name in spec.All<string>().Where(IsNetworksName))
        {
            var network = name.Place.Path[..^".name".Length];
            var names = TeacherRoster.Names(name.Value, spec.Find<int>($"{network}.count")?.Value ?? 1).ToArray();
            if (Array.Find(names, other => Owner(other) is not null) is { } taken)
            {
                yield return new SpecProblem(
                    name.Place,
                    $"'{taken}', which {Owner(taken)} uses",
                    $"a name that no other network has, and none of {string.Join(", ", ReservedNames)}",
                    "choose another name, or one teacher with a count");
            }

            foreach (var free in names)
            {
                owners.TryAdd(free, network);
            }
        }

        string? Owner(string name) => owners.GetValueOrDefault(name)
            ?? (SweepState.IsName(name) ? "a sweep" : StageName.IsGeneration(name) ? "a born-again student" : null);
    }

    private static IEnumerable<SpecProblem> TeachersWithWeightsAreOne(BoundSpec spec) =>
        from teacher in spec.All<TeacherSpec>()
        where teacher.Value is { Weights: not null, Count: > 1 }
        select new SpecProblem(
            spec.PlaceOf($"{teacher.Place.Path}.count"),
            $"{teacher.Value.Count}",
            "1 where weights are given, for teachers with the same weights are the same teacher",
            "remove count, or list each teacher with weights of its own");

    private static IEnumerable<SpecProblem> NesterovHasMomentum(BoundSpec spec) =>
        from sgd in spec.All<SgdSpec>()
        where sgd.Value is { Nesterov: true, Momentum: 0 }
        select new SpecProblem(
            spec.PlaceOf($"{sgd.Place.Path}.nesterov"),
            "true with momentum 0",
            "true only with momentum above 0",
            "set momentum, 0.9 is usual, or remove nesterov");

    private static IEnumerable<SpecProblem> HalvingsLeaveAPixel(BoundSpec spec) =>
        from cnn in spec.All<CnnSpec>()
        where !spec.IsFaulty($"{cnn.Place.Path}.input")
        let side = Math.Min(cnn.Value.Input[1], cnn.Value.Input[2])
        let most = cnn.Value.MaximumConvolutions
        where cnn.Value.Channels.Count > most
        select new SpecProblem(
            spec.PlaceOf($"{cnn.Place.Path}.channels"),
            $"{cnn.Value.Channels.Count} convolutions, each of which halves height and width",
            $"up to {most}, so that a pixel is left of {side}",
            "remove convolutions");

    private static IEnumerable<SpecProblem> PathsNameSomething(BoundSpec spec) =>
        from text in spec.All<string>()
        where text.Place.Path is "data.path" or "data.unlabelled" || IsTeachers(text, "weights")
        where !SpecPaths.CanBePath(text.Value)
        select new SpecProblem(
            text.Place,
            text.Value.Length == 0 ? "''" : "a null character",
            "a path",
            "name a file or folder that exists");

    private static bool IsNetworksName(Bound<string> text) =>
        IsTeachers(text, "name")
        || (text.Place.Path.StartsWith("recipe.", StringComparison.Ordinal) && text.Place.Path.EndsWith("].name", StringComparison.Ordinal));

    private static bool IsTeachers(Bound<string> text, string key) =>
        text.Place.Path.StartsWith("teachers[", StringComparison.Ordinal)
        && text.Place.Path.EndsWith($"].{key}", StringComparison.Ordinal);
}
