using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>What must hold between teachers and the way in which the student learns from them.</summary>
internal static class DistillationRules
{
    private const string Distillation = "distillation";
    internal const string DenseCodecs = "codec fp32, fp16 or int8";

    public static IReadOnlyList<Func<BoundSpec, IEnumerable<SpecProblem>>> All { get; } =
    [
        ProbabilitiesHaveTheTemperature,
        LogitsAreThereToAverage,
        QuorumsLeaveATeacherOut,
        TeachersThatTrainReadTheData,
        EnsembleWeightsCount,
    ];

    /// <summary>Probabilities of all classes can be tempered anew; those of some cannot, for the rest has one common bucket.</summary>
    private static IEnumerable<SpecProblem> ProbabilitiesHaveTheTemperature(BoundSpec spec)
    {
        var classes = Classes(spec);
        return
            from distillation in spec.All<DistillationSpec>()
            let temperature = distillation.Value.Temperature
            let codec = KeepsSomeOf(classes, distillation.Value.Codec)
            where codec is not null && codec.Temperature != temperature
            where !spec.IsFaulty($"{Distillation}.temperature")
            select new SpecProblem(
                spec.PlaceOf($"{Distillation}.codec.temperature"),
                $"{codec.Temperature} where {Distillation}.temperature is {temperature}",
                "the same temperature in both, for probabilities of some classes cannot be tempered afterwards",
                $"write {temperature}, or choose {DenseCodecs}, which keep the logits"
                + (codec is TopKSpec ? $", or a k of {classes}, which keeps every class" : ""));
    }

    /// <summary>What the networks tell apart; 0 where none could be bound.</summary>
    internal static int Classes(BoundSpec spec) => spec.All<ModelSpec>().Select(model => model.Value.Outputs).DefaultIfEmpty().Max();

    /// <summary>The codec where it leaves classes out, else null.</summary>
    internal static SparseCodecSpec? KeepsSomeOf(int classes, CodecSpec codec) =>
        codec is TopKSpec top && top.K >= classes ? null : codec as SparseCodecSpec;

    private static IEnumerable<SpecProblem> LogitsAreThereToAverage(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value is { Ensemble: EnsembleName.MeanLogits or EnsembleName.RoutedProbabilities, Codec: SparseCodecSpec }
        let kind = SpecSchema.KindOf(distillation.Value.Codec, typeof(CodecSpec))
        select new SpecProblem(
            spec.PlaceOf($"{Distillation}.ensemble"),
            $"{distillation.Value.Ensemble} with codec {kind}",
            $"{EnsembleName.MeanProbabilities}, {EnsembleName.WeightedProbabilities} or {EnsembleName.LearntProbabilities}, for {kind} keeps probabilities, not logits",
            $"write {EnsembleName.MeanProbabilities}, or choose {DenseCodecs}");

    private static IEnumerable<SpecProblem> QuorumsLeaveATeacherOut(BoundSpec spec)
    {
        var teachers = spec.All<TeacherSpec>().Sum(teacher => teacher.Value.Count);
        return
            from quorum in spec.All<QuorumSpec>()
            where quorum.Value.Teachers >= teachers && !spec.IsFaulty("teachers") && !spec.All<LiveRecipeSpec>().Any()
            select new SpecProblem(
                spec.PlaceOf($"{quorum.Place.Path}.teachers"),
                $"{quorum.Value.Teachers} of {teachers} {(teachers == 1 ? "teacher" : "teachers")}",
                teachers == 1 ? "no quorum of a single teacher" : $"1 to {teachers - 1}, for else nobody could be late",
                teachers == 1 ? "remove quorum" : $"write at most {teachers - 1}, or remove quorum to wait for every teacher");
    }

    private static IEnumerable<SpecProblem> TeachersThatTrainReadTheData(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value.Inputs == InputsName.Shipped
        from teacher in spec.All<TeacherSpec>()
        where teacher.Value.Weights is null
        select new SpecProblem(
            spec.PlaceOf($"{teacher.Place.Path}.weights"),
            "nothing",
            $"a file where {Distillation}.inputs is {InputsName.Shipped}, for a teacher that trains must read the data itself",
            $"add 'weights:', or set {Distillation}.inputs to {InputsName.Shared}");

    private static IEnumerable<SpecProblem> EnsembleWeightsCount(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value.Ensemble != EnsembleName.WeightedProbabilities
            && !spec.IsFaulty($"{Distillation}.ensemble")
        from teacher in spec.All<TeacherSpec>()
        where teacher.Value.EnsembleWeight != 1
        select new SpecProblem(
            spec.PlaceOf($"{teacher.Place.Path}.ensembleWeight"),
            $"{teacher.Value.EnsembleWeight}",
            $"1 where {Distillation}.ensemble is {distillation.Value.Ensemble}, which "
                + (EnsembleName.IsLearnt(distillation.Value.Ensemble) ? "learns what each teacher counts" : "weighs all teachers alike"),
            $"set {Distillation}.ensemble to {EnsembleName.WeightedProbabilities}, or remove ensembleWeight");
}
