using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Specs;

/// <summary>What must hold between losses on features and the networks whose features they are.</summary>
internal static class FeatureRules
{
    private const string Codec = "distillation.codec";

    public static IReadOnlyList<Func<BoundSpec, IEnumerable<SpecProblem>>> All { get; } =
    [
        EveryFeatureHasAPartner,
        NetworksHaveTheFeatures,
        ShapesCanBeReconciled,
        LogitsAreLearntAsWell,
        CodecsHaveRoom,
        NetworksThatLearnTellLogits,
    ];

    private static IEnumerable<SpecProblem> EveryFeatureHasAPartner(BoundSpec spec) =>
        from loss in spec.All<FeatureLossSpec>()
        let own = loss.Value.StudentFeatures
        where own is not null && own.Count != loss.Value.Features.Count
        select new SpecProblem(
            spec.PlaceOf($"{loss.Place.Path}.studentFeatures"),
            $"{own.Count} beside {loss.Value.Features.Count} in features",
            $"{loss.Value.Features.Count}, for each is compared with the one at the same place",
            "name as many in both");

    private static IEnumerable<SpecProblem> NetworksHaveTheFeatures(BoundSpec spec) =>
        from side in Compared(spec).Select(pair => pair.Teacher).Concat(Compared(spec).Select(pair => pair.Student))
        where side.Feature is null
        group side by (side.Place, side.Remedy) into missing
        let first = missing.First()
        let known = first.Network.Network!.Model.Features
        select new SpecProblem(
            first.Place,
            $"'{first.Module}', which {first.Network.Name} does not have",
            known.Count == 0 ? "none, for it has no layer but the last" : SpecWords.Either([.. known.Select(feature => $"{feature}")]),
            known.Count == 0 ? "choose losses on logits, or a network with a hidden layer" : first.Remedy);

    private static IEnumerable<SpecProblem> ShapesCanBeReconciled(BoundSpec spec) =>
        from pair in Compared(spec)
        let student = pair.Student.Feature
        let teacher = pair.Teacher.Feature
        where student is not null && teacher is not null && !Fits(pair.Loss.Fit, student.Shape, teacher.Shape)
        group (Pair: pair, Found: $"{teacher} of {pair.Teacher.Network.Name} beside {student} of {pair.Student.Network.Name}") by pair.Teacher.Place into unlike
        let first = unlike.First()
        let kind = SpecSchema.KindOf(first.Pair.Loss, typeof(LossSpec))
        select new SpecProblem(
            unlike.Key,
            first.Found,
            first.Pair.Loss.Fit == FeatureFit.Maps
                ? $"two maps of the same height and width, for {kind} compares them place by place"
                : $"two linear layers or two maps of the same height and width, for {kind} maps one to the other",
            "choose other modules, or kind similarity or rkd, which take any two");

    private static bool Fits(FeatureFit fit, IReadOnlyList<int> student, IReadOnlyList<int> teacher)
    {
        var areAlike = student.Count == teacher.Count && student.Skip(1).SequenceEqual(teacher.Skip(1));
        return fit switch
        {
            FeatureFit.Any => true,
            FeatureFit.Alike => areAlike,
            FeatureFit.Maps => areAlike && student.Count == 3,
            _ => throw new ArgumentOutOfRangeException(nameof(fit), fit, "No such fit is known."),
        };
    }

    private static IEnumerable<SpecProblem> LogitsAreLearntAsWell(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value.Losses.Count > 0 && distillation.Value.Losses.All(loss => loss is FeatureLossSpec)
        select new SpecProblem(
            spec.PlaceOf("distillation.losses"),
            "losses on features alone",
            "a loss on logits or labels among them, for else the layers behind the features learn nothing",
            "add 'kind: kd' or 'kind: labels'");

    private static IEnumerable<SpecProblem> CodecsHaveRoom(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value is { TeacherFeatures.Count: > 0, Codec.ValueBytes: null }
        select new SpecProblem(
            spec.PlaceOf($"{Codec}.kind"),
            $"{SpecSchema.KindOf(distillation.Value.Codec, typeof(CodecSpec))} with losses on features",
            "fp32 or fp16, for the others write classes alone",
            "write fp16, or choose losses on logits");

    private static IEnumerable<SpecProblem> NetworksThatLearnTellLogits(BoundSpec spec) =>
        from recipe in spec.All<LiveRecipeSpec>()
        from loss in spec.All<FeatureLossSpec>()
        select new SpecProblem(
            spec.PlaceOf($"{loss.Place.Path}.kind"),
            $"{SpecSchema.KindOf(loss.Value, typeof(LossSpec))} with recipe {SpecSchema.KindOf(recipe.Value, typeof(RecipeSpec))}",
            "a loss on logits, for networks that learn side by side tell each other nothing else",
            "choose kind kd, or recipe ensemble");

    /// <summary>Every two modules that a student of the run is to compare; none where the spec has other faults.</summary>
    private static IEnumerable<ComparedPair> Compared(BoundSpec spec)
    {
        if (spec.Spec is not { Recipe: not LiveRecipeSpec } sound)
        {
            return [];
        }

        var plan = PlanCompiler.Compile(sound);
        return
            from loss in spec.All<FeatureLossSpec>()
            from student in plan.Stages
            where student.Kind == StageKind.Distill
            from teacher in student.Teachers
            from pair in loss.Value.Pairs.Index()
            let own = loss.Value.StudentFeatures is null ? "features" : "studentFeatures"
            select new ComparedPair(
                loss.Value,
                new ComparedSide(student, pair.Item.Student, spec.PlaceOf($"{loss.Place.Path}.{own}[{pair.Index}]"), "name one of them in studentFeatures"),
                new ComparedSide(plan[teacher], pair.Item.Teacher, spec.PlaceOf($"{loss.Place.Path}.features[{pair.Index}]"), "write one of them"));
    }

    /// <summary>A module of a student and one of a teacher of it.</summary>
    private sealed record ComparedPair(FeatureLossSpec Loss, ComparedSide Student, ComparedSide Teacher);

    /// <param name="Place">Where the module is named.</param>
    /// <param name="Remedy">What to do where the network does not have it.</param>
    private sealed record ComparedSide(Stage Network, string Module, Place Place, string Remedy)
    {
        /// <summary>Null where the network has no such module.</summary>
        public FeatureShape? Feature => Network.Network!.Model.Features.FirstOrDefault(feature => feature.Name == Module);
    }
}
