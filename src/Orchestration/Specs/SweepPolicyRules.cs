using System.Text.Json;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Specs;

/// <summary>What must hold between a sweep's space, its sampler, its pruner and its objectives.</summary>
internal static class SweepPolicyRules
{
    private const string Epochs = "student.training.epochs";

    public static IReadOnlyList<Func<BoundSpec, IEnumerable<SpecProblem>>> All { get; } =
    [
        SpacesAreNotEmpty,
        ArchitecturesDiffer,
        GridsAreFinite,
        TrialsAreNotTooMany,
        ObjectivesDiffer,
        PrunersFollowAccuracy,
        PrunersHaveEpochs,
        PrunersNeedEqualEpochs,
    ];

    private static IEnumerable<SpecProblem> SpacesAreNotEmpty(BoundSpec spec) =>
        from sweep in Sweeps(spec)
        where sweep.Value.Parameters.Count == 0 && sweep.Value.Architectures.Count == 0
        where !spec.IsFaulty("sweep.parameters") && !spec.IsFaulty("sweep.architectures")
        select new SpecProblem(sweep.Place, "nothing to try", "parameters, architectures or both", "list some, or remove sweep");

    private static IEnumerable<SpecProblem> ArchitecturesDiffer(BoundSpec spec) =>
        from sweep in Sweeps(spec)
        from same in sweep.Value.Architectures.Index().GroupBy(model => JsonSerializer.Serialize(model.Item))
        from again in same.Skip(1)
        select new SpecProblem(
            spec.PlaceOf($"sweep.architectures[{again.Index}]"),
            $"the network of architectures[{same.First().Index}] again",
            "each network once",
            "remove it");

    private static IEnumerable<SpecProblem> GridsAreFinite(BoundSpec spec) =>
        from sweep in Sweeps(spec)
        where sweep.Value.Sampler is GridSamplerSpec
        from parameter in spec.All<ParameterSpec>()
        where parameter.Value is LogUniformParameterSpec or UniformParameterSpec { Step: null }
        where !spec.IsFaulty($"{parameter.Place.Path}.step")
        select new SpecProblem(
            spec.PlaceOf(parameter.Place.Path),
            $"{SpecSchema.KindOf(parameter.Value, typeof(ParameterSpec))} without a step, which has no end of values",
            "choice, integer or uniform with step where the sampler is grid",
            parameter.Value is LogUniformParameterSpec ? "list the values as a choice, or choose sampler random or tpe" : "add 'step:', or choose sampler random or tpe");

    private static IEnumerable<SpecProblem> TrialsAreNotTooMany(BoundSpec spec) =>
        from sweep in Sweeps(spec)
        let trials = sweep.Value.Sampler switch
        {
            RandomSamplerSpec random => random.Trials,
            TpeSamplerSpec tpe => tpe.Trials,
            _ when SweepRules.All.Any(rule => rule(spec).Any()) || spec.IsFaulty("sweep") => null,
            _ => SearchSpace.Of(sweep.Value).Size,
        }
        where trials > sweep.Value.MaximumTrials
        select new SpecProblem(
            spec.PlaceOf("sweep.sampler"),
            $"{trials} trials",
            $"up to {sweep.Value.MaximumTrials}, as sweep.maximumTrials says",
            sweep.Value.Sampler is GridSamplerSpec
                ? "try fewer values, choose sampler random or tpe, or raise maximumTrials"
                : "ask for fewer, or raise maximumTrials");

    private static IEnumerable<SpecProblem> ObjectivesDiffer(BoundSpec spec) =>
        from sweep in Sweeps(spec)
        from same in sweep.Value.Objectives.Index().GroupBy(objective => objective.Item)
        from again in same.Skip(1)
        select new SpecProblem(
            spec.PlaceOf($"sweep.objectives[{again.Index}]"),
            $"{again.Item} again",
            "each objective once",
            "remove it");

    private static IEnumerable<SpecProblem> PrunersFollowAccuracy(BoundSpec spec) =>
        from pruner in Pruners(spec)
        let first = spec.Find<SweepSpec>("sweep")?.Value.Objectives[0]
        where first != ObjectiveName.Accuracy
        select new SpecProblem(
            spec.PlaceOf("sweep.objectives"),
            $"{first} first, with pruner {pruner.Kind}",
            $"{ObjectiveName.Accuracy} first, for only that is measured after every epoch",
            $"put {ObjectiveName.Accuracy} first, or choose pruner none");

    private static IEnumerable<SpecProblem> PrunersHaveEpochs(BoundSpec spec)
    {
        var epochs = spec.Find<StudentSpec>("student")?.Value.Training.Epochs;
        return
            from pruner in Pruners(spec)
            where epochs is not null && !spec.IsFaulty(Epochs)
            where pruner.Minimum >= epochs
            select epochs < 2
                ? new SpecProblem(
                    spec.PlaceOf("sweep.pruner"),
                    $"{pruner.Kind} where {Epochs} is {epochs}",
                    "2 epochs or more, for a pruner decides between epochs",
                    "train longer, or choose pruner none")
                : new SpecProblem(
                    spec.PlaceOf($"sweep.pruner.{pruner.Key}"),
                    $"{pruner.Minimum}",
                    $"up to {epochs - 1}, for the student trains {epochs} epochs",
                    "write a smaller one, train longer, or choose pruner none");
    }

    private static IEnumerable<SpecProblem> PrunersNeedEqualEpochs(BoundSpec spec) =>
        from pruner in Pruners(spec)
        from parameter in spec.All<ParameterSpec>()
        where parameter.Value.Path == Epochs
        select new SpecProblem(
            spec.PlaceOf($"{parameter.Place.Path}.path"),
            $"'{Epochs}' with pruner {pruner.Kind}",
            "the same epochs in all trials, for pruners compare trials at the same epoch",
            "sweep something else, or choose pruner none");

    private static IEnumerable<Bound<SweepSpec>> Sweeps(BoundSpec spec) => spec.All<SweepSpec>();

    /// <summary>The pruner, where one is asked for, and the epochs before which it never decides.</summary>
    private static IEnumerable<(string Kind, string Key, int Minimum)> Pruners(BoundSpec spec) =>
        from pruner in spec.All<PrunerSpec>()
        where pruner.Value is not NonePrunerSpec
        let kind = SpecSchema.KindOf(pruner.Value, typeof(PrunerSpec))
        select pruner.Value switch
        {
            MedianPrunerSpec median => (kind, "warmup", median.Warmup),
            RungPrunerSpec rungs => (kind, "minimum", rungs.Minimum),
            _ => throw new InvalidOperationException($"No rule for a {pruner.Value.GetType().Name}."),
        };
}
