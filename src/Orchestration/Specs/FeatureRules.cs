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
        TeachersHaveTheFeatures,
        StudentsHaveTheFeatures,
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

    private static IEnumerable<SpecProblem> TeachersHaveTheFeatures(BoundSpec spec) =>
        from pair in Compared(spec)
        where pair.Teacher is null
        group pair by pair.TeacherPlace into missing
        let first = missing.First()
        select Missing(missing.Key, first.TeacherModule, first.Lesson.Teacher, "write one of them");

    private static IEnumerable<SpecProblem> StudentsHaveTheFeatures(BoundSpec spec) =>
        from pair in Compared(spec)
        where pair.Student is null
        group pair by pair.StudentPlace into missing
        let first = missing.First()
        select Missing(missing.Key, first.StudentModule, first.Lesson.Student, "name one of them in studentFeatures");

    private static SpecProblem Missing(Place place, string module, Stage network, string remedy) => new(
        place,
        $"'{module}', which {network.Name} does not have",
        Either(network.Network!.Model.Features),
        remedy);

    private static IEnumerable<SpecProblem> ShapesCanBeReconciled(BoundSpec spec) =>
        from pair in Compared(spec)
        where pair is { Student: not null, Teacher: not null } && !Fits(pair.Loss, pair.Student.Shape, pair.Teacher.Shape)
        group pair by pair.TeacherPlace into unlike
        let pair = unlike.First()
        select new SpecProblem(
            unlike.Key,
            $"{pair.Teacher} of {pair.Lesson.Teacher.Name} beside {pair.Student} of {pair.Lesson.Student.Name}",
            pair.Loss is HintLossSpec
                ? "two linear layers or two maps of the same height and width, for hint maps one to the other"
                : "two maps of the same height and width, for attention compares them place by place",
            "choose other modules, or kind similarity or rkd, which take any two");

    /// <summary>The others compare samples among themselves, whatever their features look like.</summary>
    private static bool Fits(FeatureLossSpec loss, IReadOnlyList<int> student, IReadOnlyList<int> teacher)
    {
        var isMap = student.Count == 3;
        var areAlike = student.Count == teacher.Count && student.Skip(1).SequenceEqual(teacher.Skip(1));
        return loss switch
        {
            HintLossSpec => areAlike,
            AttentionLossSpec => areAlike && isMap,
            _ => true,
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
                new Lesson(student, plan[teacher]),
                pair.Item.Student,
                pair.Item.Teacher,
                spec.PlaceOf($"{loss.Place.Path}.{own}[{pair.Index}]"),
                spec.PlaceOf($"{loss.Place.Path}.features[{pair.Index}]"));
    }

    private static string Either(IReadOnlyList<FeatureShape> features) =>
        features.Count == 0 ? "none, for it has a single layer" : SpecWords.Either([.. features.Select(feature => $"{feature}")]);

    /// <summary>A student and one of its teachers.</summary>
    private sealed record Lesson(Stage Student, Stage Teacher);

    private sealed record ComparedPair(
        FeatureLossSpec Loss, Lesson Lesson, string StudentModule, string TeacherModule, Place StudentPlace, Place TeacherPlace)
    {
        /// <summary>Null where the student has no such module.</summary>
        public FeatureShape? Student => Find(Lesson.Student, StudentModule);

        /// <summary>Null where the teacher has no such module.</summary>
        public FeatureShape? Teacher => Find(Lesson.Teacher, TeacherModule);

        private static FeatureShape? Find(Stage stage, string module) =>
            stage.Network!.Model.Features.FirstOrDefault(feature => feature.Name == module);
    }
}
