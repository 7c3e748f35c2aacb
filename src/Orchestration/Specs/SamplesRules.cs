using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>The samples that trainings choose are there.</summary>
internal static class SamplesRules
{
    /// <summary>Classes that the data does not have, and choices that leave no sample; nothing where the data is not known.</summary>
    public static IEnumerable<SpecProblem> Check(BoundSpec spec, DataShape data)
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
