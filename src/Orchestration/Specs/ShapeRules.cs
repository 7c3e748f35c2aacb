using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>
/// Inputs and outputs of every network fit the data, or at least each other; views leave something of a sample, and trainings
/// some samples; biases are corrected where every class has samples to fit them on.
/// </summary>
public static class ShapeRules
{
    /// <summary>
    /// Every network, view and choice of samples that does not fit what is known of the data; where that is nothing, every network that
    /// differs from the first one.
    /// </summary>
    public static IEnumerable<SpecProblem> Check(BoundSpec spec, DataShape data)
    {
        var ends = Ends(spec).ToLookup(end => end.IsInput);
        return
        [
            .. data.Sample is { } sample ? Inputs(ends[true], sample) : Disagreements(ends[true], "inputs"),
            .. data.Classes is { } classes ? Outputs(ends[false], classes) : Disagreements(ends[false], "classes"),
            .. data.Sample is { } image ? Shifts(spec, image) : [],
            .. SamplesRules.Check(spec, data),
            .. BiasCorrectionRules.Check(spec, data),
            .. SweepCandidates.Check(spec, candidate => Check(candidate, data)),
        ];
    }

    private static IEnumerable<SpecProblem> Inputs(IEnumerable<NetworkEnd> ends, ImageShape sample) =>
        from end in ends
        where !end.Takes(sample)
        select new SpecProblem(
            end.Place,
            end.Found,
            $"{end.Write(sample)}, for a sample of the data has {sample.Inputs} inputs ({sample})",
            $"write {end.Write(sample)}");

    private static IEnumerable<SpecProblem> Outputs(IEnumerable<NetworkEnd> ends, int classes) =>
        from end in ends
        where end.Size != classes
        select new SpecProblem(end.Place, end.Found, $"{classes}, for the data has {classes} classes", $"write {classes}");

    private static IEnumerable<SpecProblem> Disagreements(IEnumerable<NetworkEnd> ends, string what) =>
        from end in ends
        let first = ends.First()
        where end.Size != first.Size
        select new SpecProblem(
            end.Place,
            $"{end.Size} {what}",
            $"{first.Size}, as in {first.Place.Path}",
            "give all teachers and the student the same inputs and classes");

    private static IEnumerable<SpecProblem> Shifts(BoundSpec spec, ImageShape sample) =>
        from shift in spec.All<ShiftViewSpec>()
        let most = Math.Min(sample.Height, sample.Width) - 1
        where shift.Value.Pixels > most && !spec.IsFaulty($"{shift.Place.Path}.pixels")
        select new SpecProblem(
            spec.PlaceOf($"{shift.Place.Path}.pixels"),
            $"{shift.Value.Pixels}",
            $"up to {most}, so that something is left in view of a sample of the data ({sample})",
            most > 0 ? $"write at most {most}" : "choose view plain");

    private static IEnumerable<NetworkEnd> Ends(BoundSpec spec)
    {
        foreach (var (place, model) in spec.All<ModelSpec>())
        {
            NetworkEnd[] ends = model switch
            {
                MlpSpec mlp =>
                [
                    new(spec.PlaceOf($"{place.Path}.widths[0]"), mlp.Inputs, null),
                    new(spec.PlaceOf($"{place.Path}.widths[{mlp.Widths.Count - 1}]"), mlp.Outputs, null) { IsInput = false },
                ],
                CnnSpec cnn =>
                [
                    new(spec.PlaceOf($"{place.Path}.input"), cnn.Input.Aggregate(1L, (product, side) => product * side), cnn.Input),
                    new(spec.PlaceOf($"{place.Path}.classes"), cnn.Outputs, null) { IsInput = false },
                ],
                _ => throw new InvalidOperationException($"No shape rule for a {model.GetType().Name}."),
            };
            foreach (var end in ends.Where(end => !spec.IsFaulty(end.Place.Path)))
            {
                yield return end;
            }
        }
    }

    /// <summary>The first or the last layer of a network; <paramref name="Sides"/> where it asks for an image.</summary>
    private sealed record NetworkEnd(Place Place, long Size, IReadOnlyList<int>? Sides)
    {
        public bool IsInput { get; init; } = true;

        public string Found => Sides is null ? $"{Size}" : $"[{string.Join(", ", Sides)}]";

        public bool Takes(ImageShape sample) =>
            Sides is null ? Size == sample.Inputs : Sides.SequenceEqual([sample.Channels, sample.Height, sample.Width]);

        public string Write(ImageShape sample) =>
            Sides is null ? $"{sample.Inputs}" : $"[{sample.Channels}, {sample.Height}, {sample.Width}]";
    }
}
