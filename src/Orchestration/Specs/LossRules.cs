using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>What must hold between the terms of a loss, their schedules and what teachers send.</summary>
internal static class LossRules
{
    private const string Losses = "distillation.losses";
    private const string Schedule = "distillation.temperatureSchedule";

    private static readonly double DefaultAlpha = new DistillationSpec().Alpha;

    public static IReadOnlyList<Func<BoundSpec, IEnumerable<SpecProblem>>> All { get; } =
    [
        AlphaHasNoLossesBesideIt,
        LossesHaveWeight,
        LossesAskTeachers,
        TemperaturesStayAboveZero,
        SomeClassesHaveOneTemperature,
        SomeClassesAreEnough,
        LabelsAreThere,
    ];

    private static IEnumerable<SpecProblem> AlphaHasNoLossesBesideIt(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value.Losses.Count > 0 && distillation.Value.Alpha != DefaultAlpha
        select new SpecProblem(
            spec.PlaceOf("distillation.alpha"),
            $"{distillation.Value.Alpha} beside losses",
            "one of the two, for losses take the place of the two terms that alpha weighs",
            "remove alpha and weigh each of the losses, or remove losses");

    private static IEnumerable<SpecProblem> LossesHaveWeight(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value.Losses.Count > 0
            && distillation.Value.Losses.All(loss => loss.Weight == 0 || loss.Schedule.Greatest == 0)
        select new SpecProblem(
            spec.PlaceOf(Losses),
            "weights that are 0 in every step",
            "a weight above 0 in some step, for else nothing is learnt",
            "raise a weight, or let its schedule leave 0");

    private static IEnumerable<SpecProblem> LossesAskTeachers(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        where distillation.Value.Losses.Count > 0 && distillation.Value.Losses.All(loss => loss is LabelsLossSpec)
        select new SpecProblem(
            spec.PlaceOf(Losses),
            $"{Kinds(distillation.Value)} alone",
            "a loss that asks the teachers, for without one the student is the baseline, which every run trains as well",
            "add 'kind: kd' or another such loss");

    private static IEnumerable<SpecProblem> TemperaturesStayAboveZero(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        let factor = distillation.Value.TemperatureSchedule
        where factor.Least == 0
        let key = factor is PathFactorSpec { To: 0 } ? "to" : "from"
        select new SpecProblem(
            spec.PlaceOf($"{Schedule}.{key}"),
            "0",
            "above 0, for nothing can be divided by a temperature of 0",
            "write a greater one");

    private static IEnumerable<SpecProblem> SomeClassesHaveOneTemperature(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        let factor = distillation.Value.TemperatureSchedule
        where factor is not { Least: 1, Greatest: 1 }
        let codec = DistillationRules.KeepsSomeOf(DistillationRules.Classes(spec), distillation.Value.Codec)
        where codec is not null
        select new SpecProblem(
            spec.PlaceOf(Schedule),
            $"{SpecSchema.KindOf(factor, typeof(FactorSpec))} with codec {SpecSchema.KindOf(codec, typeof(CodecSpec))}",
            "constant, for probabilities of some classes cannot be tempered afterwards",
            $"remove temperatureSchedule, or choose {DistillationRules.DenseCodecs}");

    private static IEnumerable<SpecProblem> SomeClassesAreEnough(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        let codec = DistillationRules.KeepsSomeOf(DistillationRules.Classes(spec), distillation.Value.Codec)
        where codec is not null
        from loss in distillation.Value.Losses.Index()
        where loss.Item.Need == TargetNeed.EveryClass
        select new SpecProblem(
            spec.PlaceOf($"{Losses}[{loss.Index}].kind"),
            $"{SpecSchema.KindOf(loss.Item, typeof(LossSpec))} with codec {SpecSchema.KindOf(codec, typeof(CodecSpec))}",
            "kd or labels, for the others need every class and the codec keeps some",
            $"choose another loss, or {DistillationRules.DenseCodecs}");

    private static IEnumerable<SpecProblem> LabelsAreThere(BoundSpec spec) =>
        from distillation in spec.All<DistillationSpec>()
        from samples in SamplesRules.MetByTheTaught(spec)
        from loss in NeedingLabels(spec, distillation.Value)
        select new SpecProblem(
            spec.PlaceOf(loss.Path),
            $"{loss.Found}, where {samples.Place.Path}.unlabelled is {UnlabelledName.Met}",
            loss.Allowed,
            $"{loss.Remedy}, or set unlabelled to {UnlabelledName.Skipped}");

    private static IEnumerable<(string Path, string Found, string Allowed, string Remedy)> NeedingLabels(BoundSpec spec, DistillationSpec distillation) =>
        distillation.Losses.Count > 0
            ? from loss in distillation.Losses.Index()
              where loss.Item.NeedsLabels
              select (
                  $"{Losses}[{loss.Index}].kind",
                  SpecSchema.KindOf(loss.Item, typeof(LossSpec))!,
                  "a loss that asks the teachers alone, for those samples have no labels",
                  "choose another loss")
            : distillation.Alpha < 1 && !spec.IsFaulty("distillation.alpha")
                ? [("distillation.alpha", $"{distillation.Alpha}", "1, for those samples have no labels that 1 - alpha could weigh", "write 1")]
                : [];

    private static string Kinds(DistillationSpec distillation) =>
        SpecWords.Either([.. distillation.Losses.Select(loss => SpecSchema.KindOf(loss, typeof(LossSpec))!).Distinct()]);
}
