using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>Inputs and outputs of every network fit the data, or at least each other.</summary>
public static class ShapeRules
{
    /// <summary>Every network that does not fit the data.</summary>
    public static IEnumerable<SpecProblem> Fit(BoundSpec spec, DataShape data)
    {
        foreach (var end in Ends(spec).Where(end => !end.Fits(data)))
        {
            yield return end.IsInput
                ? new SpecProblem(
                    end.Place,
                    end.Found,
                    $"{end.Write(data)}, for a sample of the data has {data.Inputs} inputs ({data})",
                    $"write {end.Write(data)}")
                : new SpecProblem(
                    end.Place,
                    end.Found,
                    $"{data.Classes}, for the data has {data.Classes} classes",
                    $"write {data.Classes}");
        }
    }

    /// <summary>For data that could not be read: every network whose inputs or classes differ from the first one's.</summary>
    public static IEnumerable<SpecProblem> Agree(BoundSpec spec) =>
        from ends in Ends(spec).GroupBy(end => end.IsInput)
        let first = ends.First()
        from end in ends
        where end.Size != first.Size
        select new SpecProblem(
            end.Place,
            $"{end.Size} {(end.IsInput ? "inputs" : "classes")}",
            $"{first.Size}, as in {first.Place.Path}",
            "give all teachers and the student the same inputs and classes");

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

        public bool Fits(DataShape data) =>
            !IsInput ? Size == data.Classes
            : Sides is null ? Size == data.Inputs
            : Sides.SequenceEqual([data.Channels, data.Height, data.Width]);

        public string Write(DataShape data) =>
            Sides is null ? $"{data.Inputs}" : $"[{data.Channels}, {data.Height}, {data.Width}]";
    }
}
