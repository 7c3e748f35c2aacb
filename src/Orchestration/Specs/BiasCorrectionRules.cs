using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>Biases that are corrected have samples to be fitted on.</summary>
internal static class BiasCorrectionRules
{
    /// <summary>Corrections without a validation sample of some class; nothing where the data is not known.</summary>
    public static IEnumerable<SpecProblem> Check(BoundSpec spec, DataShape data)
    {
        if (data.ValidationPerClass is not { } perClass || !perClass.Contains(0))
        {
            return [];
        }

        var missing = string.Join(", ", perClass.Index().Where(count => count.Item == 0).Select(count => count.Index));
        return
            from training in spec.All<TrainingSpec>()
            where training.Value.BiasCorrection
            select new SpecProblem(
                spec.PlaceOf($"{training.Place.Path}.biasCorrection"),
                $"true, without a validation sample of class {missing}",
                "true only where every class has validation samples, for its bias is fitted on them",
                "hold out more validation samples, or remove it");
    }
}
