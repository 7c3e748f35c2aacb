using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>A sweep, ready to be asked what to try next and whom to stop.</summary>
/// <param name="Objectives">Sampler and pruner follow the first.</param>
/// <param name="Parallel">The most trials under way at once.</param>
public sealed record Sweep(SearchSpace Space, ISampler Sampler, IPruner Pruner, IReadOnlyList<Objective> Objectives, int Parallel)
{
    /// <summary>The sweep of a spec without problems; null where it has none.</summary>
    public static Sweep? Of(RunSpec spec)
    {
        if (spec.Sweep is not { } sweep)
        {
            return null;
        }

        var space = SearchSpace.Of(sweep);
        Objective[] objectives = [.. sweep.Objectives.Select(Objective.Of)];
        return new Sweep(
            space, Sample(sweep.Sampler, space, objectives[0]), Prune(sweep.Pruner, spec.Student.Training.Epochs), objectives, sweep.Parallel);
    }

    private static ISampler Sample(SamplerSpec sampler, SearchSpace space, Objective objective) => sampler switch
    {
        GridSamplerSpec => new GridSampler(space),
        RandomSamplerSpec random => new RandomSampler(space, random.Trials),
        TpeSamplerSpec tpe => new TpeSampler(space, tpe, objective),
        _ => throw new InvalidOperationException($"No sampler for a {sampler.GetType().Name}."),
    };

    private static IPruner Prune(PrunerSpec pruner, int epochs) => pruner switch
    {
        NonePrunerSpec => new NonePruner(),
        MedianPrunerSpec median => new MedianPruner(median, epochs),
        AshaPrunerSpec asha => new AshaPruner(asha, epochs),
        HyperbandPrunerSpec hyperband => new HyperbandPruner(hyperband, epochs),
        _ => throw new InvalidOperationException($"No pruner for a {pruner.GetType().Name}."),
    };
}
