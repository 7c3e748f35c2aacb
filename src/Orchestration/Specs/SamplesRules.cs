using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>The samples that trainings choose are there, and of use to them.</summary>
internal static class SamplesRules
{
    public static IReadOnlyList<Func<BoundSpec, IEnumerable<SpecProblem>>> All { get; } =
    [
        UnlabelledAreMetByTheTaught,
        UnlabelledAreMetWithAllOthers,
    ];

    private static IEnumerable<SpecProblem> UnlabelledAreMetByTheTaught(BoundSpec spec) =>
        from samples in Meeting(spec).Except(MetByTheTaught(spec))
        let live = IsLive(spec)
        select new SpecProblem(
            spec.PlaceOf($"{samples.Place.Path}.unlabelled"),
            UnlabelledName.Met,
            live
                ? "skipped or replaced where networks learn side by side, for all meet the same batches and some learn from the labels"
                : "skipped or replaced, for teachers learn from the labels",
            $"write {UnlabelledName.Skipped}, or remove it");

    private static IEnumerable<SpecProblem> UnlabelledAreMetWithAllOthers(BoundSpec spec) =>
        from samples in Meeting(spec)
        where samples.Value is { Balanced: true } or { Classes: not null } or { Share: < 1 }
        select new SpecProblem(
            spec.PlaceOf($"{samples.Place.Path}.unlabelled"),
            $"{UnlabelledName.Met} beside classes, share or balanced",
            "one of the two, for nobody knows which classes samples without labels are of",
            "remove one of them");

    /// <summary>Choices with samples without labels, of networks that may meet them: those that learn from others alone.</summary>
    public static IEnumerable<Bound<SamplesSpec>> MetByTheTaught(BoundSpec spec) =>
        Meeting(spec).Where(samples => !IsLive(spec) && !samples.Place.Path.StartsWith("teachers[", StringComparison.Ordinal));

    private static bool IsLive(BoundSpec spec) => spec.All<LiveRecipeSpec>().Any();

    private static IEnumerable<Bound<SamplesSpec>> Meeting(BoundSpec spec) =>
        spec.All<SamplesSpec>().Where(samples => samples.Value.Unlabelled == UnlabelledName.Met);

    /// <summary>Classes that the data does not have, and choices that leave no sample; nothing where the data is not known.</summary>
    public static IEnumerable<SpecProblem> Check(BoundSpec spec, DataShape data) => [.. Classes(spec, data), .. Unlabelled(spec, data)];

    private static IEnumerable<SpecProblem> Unlabelled(BoundSpec spec, DataShape data) =>
        from samples in spec.All<SamplesSpec>()
        where samples.Value.Unlabelled != UnlabelledName.Skipped && data.Unlabelled == 0
        let path = $"{samples.Place.Path}.unlabelled"
        where !spec.IsFaulty(path)
        select new SpecProblem(
            spec.PlaceOf(path),
            $"{samples.Value.Unlabelled}, where every training sample has a label",
            $"{UnlabelledName.Skipped}, unless the data has samples without labels",
            "set data.labelled, or remove it");

    private static IEnumerable<SpecProblem> Classes(BoundSpec spec, DataShape data)
    {
        foreach (var (place, samples) in spec.All<SamplesSpec>())
        {
            var path = $"{place.Path}.classes";
            if (samples.Classes is not { } chosen || data.Classes is not { } classes || spec.IsFaulty(path))
            {
                continue;
            }

            foreach (var (index, label) in chosen.Index().Where(choice => choice.Item >= classes))
            {
                yield return new SpecProblem(
                    spec.PlaceOf($"{path}[{index}]"),
                    $"{label}",
                    $"0 to {classes - 1}, for the data has {classes} classes",
                    "write such a class, or remove it");
            }

            if (data.TrainPerClass is { } perClass && chosen.All(label => label < classes && perClass[label] == 0))
            {
                yield return new SpecProblem(
                    spec.PlaceOf(path),
                    $"[{string.Join(", ", chosen)}], of which there is no training sample",
                    "at least one class that the training samples have",
                    "add such a class, or give the data more samples");
            }
        }
    }
}
