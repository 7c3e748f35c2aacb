using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>What must hold between a recipe and the rest of the spec.</summary>
internal static class RecipeRules
{
    private const string Recipe = "recipe";
    private const string Teachers = "teachers";
    private const string StudentTraining = "student.training";

    public static IReadOnlyList<Func<BoundSpec, IEnumerable<SpecProblem>>> All { get; } =
    [
        SomebodyTeaches,
        PeersTakeTheTeachersPlace,
        BatchesAreTheSame,
        TeachersThatLearnHaveNoWeights,
        TeachersThatLearnAreOne,
        NobodyGoesOnAlone,
        BatchesAreNotShipped,
        SweepsFollowTheirTeachers,
        WeightsAreLearntOfTrainedTeachers,
    ];

    private static IEnumerable<SpecProblem> SomebodyTeaches(BoundSpec spec) =>
        from recipe in spec.All<RecipeSpec>()
        where recipe.Value is not IPeerRecipe && !spec.All<TeacherSpec>().Any() && !spec.IsFaulty(Teachers)
        select new SpecProblem(spec.PlaceOf(Teachers), "nothing", "a list of 1 or more, each a mapping", "add 'teachers:' (the networks that teach)");

    private static IEnumerable<SpecProblem> PeersTakeTheTeachersPlace(BoundSpec spec) =>
        from recipe in spec.All<RecipeSpec>()
        where recipe.Value is IPeerRecipe && spec.All<TeacherSpec>().Any()
        select new SpecProblem(
            spec.PlaceOf(Teachers),
            $"{spec.All<TeacherSpec>().Count()} with recipe {Kind(recipe.Value)}",
            "none, for student and peers learn from each other",
            $"remove teachers, or list them under {Recipe}.peers");

    /// <summary>What one network makes of a step's batch is of use to another only where it meets the same batch in that step.</summary>
    private static IEnumerable<SpecProblem> BatchesAreTheSame(BoundSpec spec) =>
        from recipe in spec.All<LiveRecipeSpec>()
        from training in spec.All<TrainingSpec>()
        where training.Place.Path != StudentTraining
        from student in spec.All<TrainingSpec>()
        where student.Place.Path == StudentTraining
        from key in Keys
        let own = key.Show(training.Value)
        let students = key.Show(student.Value)
        where own != students && !spec.IsFaulty($"{StudentTraining}.{key.Name}")
        select new SpecProblem(
            spec.PlaceOf($"{training.Place.Path}.{key.Name}"),
            own,
            $"{students} as in {StudentTraining}, for with recipe {Kind(recipe.Value)} all meet the same batches in the same steps",
            $"write the same {key.Name} in both");

    private static IEnumerable<SpecProblem> TeachersThatLearnHaveNoWeights(BoundSpec spec) =>
        from recipe in spec.All<OnlineRecipeSpec>()
        from teacher in spec.All<TeacherSpec>()
        where teacher.Value.Weights is not null
        select new SpecProblem(
            spec.PlaceOf($"{teacher.Place.Path}.weights"),
            teacher.Value.Weights!,
            $"nothing with recipe {Kind(recipe.Value)}, whose teachers learn while they teach",
            "remove weights, or choose recipe ensemble");

    private static IEnumerable<SpecProblem> TeachersThatLearnAreOne(BoundSpec spec) =>
        from recipe in spec.All<OnlineRecipeSpec>()
        from teacher in spec.All<TeacherSpec>()
        where teacher.Value.Replicas > 1
        select new SpecProblem(
            spec.PlaceOf($"{teacher.Place.Path}.replicas"),
            $"{teacher.Value.Replicas}",
            $"1 with recipe {Kind(recipe.Value)}, for a teacher that learns is on one node",
            "remove replicas");

    private static IEnumerable<SpecProblem> NobodyGoesOnAlone(BoundSpec spec) =>
        from recipe in spec.All<LiveRecipeSpec>()
        from quorum in spec.All<QuorumSpec>()
        select new SpecProblem(
            quorum.Place,
            $"a quorum of {quorum.Value.Teachers}",
            $"none with recipe {Kind(recipe.Value)}, in which everybody waits for everybody",
            $"remove quorum; {Recipe}.deadline says how long to wait");

    private static IEnumerable<SpecProblem> BatchesAreNotShipped(BoundSpec spec) =>
        from recipe in spec.All<LiveRecipeSpec>()
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value.Inputs == InputsName.Shipped
        select new SpecProblem(
            spec.PlaceOf($"{distillation.Place.Path}.inputs"),
            InputsName.Shipped,
            $"{InputsName.Shared} with recipe {Kind(recipe.Value)}, for everybody trains on the data and so reads it",
            "remove inputs");

    private static IEnumerable<SpecProblem> SweepsFollowTheirTeachers(BoundSpec spec) =>
        from recipe in spec.All<LiveRecipeSpec>()
        from sweep in spec.All<SweepSpec>()
        select new SpecProblem(
            sweep.Place,
            $"a sweep with recipe {Kind(recipe.Value)}",
            "a sweep only where teachers have finished before the student begins, for then its trials can share them",
            "remove sweep, or submit a run for each value with --set");

    private static IEnumerable<SpecProblem> WeightsAreLearntOfTrainedTeachers(BoundSpec spec) =>
        from recipe in spec.All<LiveRecipeSpec>()
        from distillation in spec.All<DistillationSpec>()
        where EnsembleName.IsLearnt(distillation.Value.Ensemble)
        select new SpecProblem(
            spec.PlaceOf($"{distillation.Place.Path}.ensemble"),
            distillation.Value.Ensemble,
            $"{EnsembleName.MeanProbabilities}, {EnsembleName.MeanLogits} or {EnsembleName.WeightedProbabilities} with recipe {Kind(recipe.Value)}, "
            + "whose networks have learnt nothing yet when weights would be learnt",
            $"write {EnsembleName.MeanProbabilities}");

    private static string Kind(RecipeSpec recipe) => SpecSchema.KindOf(recipe, typeof(RecipeSpec))!;

    /// <summary>What the batches of a training depend on.</summary>
    private static IEnumerable<(string Name, Func<TrainingSpec, string> Show)> Keys { get; } =
    [
        ("epochs", training => $"{training.Epochs}"),
        ("batchSize", training => $"{training.BatchSize}"),
        ("view", training => training.View is ShiftViewSpec shift ? $"shift by {shift.Pixels}" : SpecSchema.KindOf(training.View, typeof(ViewSpec))!),
        ("samples", training => training.Samples is { } samples
            ? $"{samples.Share} of {(samples.Classes is { } classes ? $"classes {string.Join(", ", classes)}" : "every class")}{(samples.Balanced ? ", balanced" : "")}, unlabelled {samples.Unlabelled}"
            : "all"),
    ];
}
