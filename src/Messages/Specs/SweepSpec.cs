using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>
/// Many trials of the student instead of one: what is tried, who proposes it, who stops the weak ones, and what counts as
/// good. Teachers are the same for all trials.
/// </summary>
public sealed record SweepSpec
{
    [Description("the numbers to try")]
    public IReadOnlyList<ParameterSpec> Parameters { get; init; } = [];

    [Description("the networks to try in place of student.model")]
    public IReadOnlyList<ModelSpec> Architectures { get; init; } = [];

    [Description("how the next trial is chosen")]
    public SamplerSpec Sampler { get; init; } = new GridSamplerSpec();

    [Description("which trials are stopped early")]
    public PrunerSpec Pruner { get; init; } = new NonePrunerSpec();

    [Description("what counts: sampler and pruner follow the first, several give a Pareto front")]
    [MinLength(1)]
    [AllowedValues(ObjectiveName.Accuracy, ObjectiveName.Parameters, ObjectiveName.Latency)]
    public IReadOnlyList<string> Objectives { get; init; } = [ObjectiveName.Accuracy];

    [Description("the most trials under way at once")]
    [Range(1, 10_000)]
    public int Parallel { get; init; } = 4;

    [Description("a sweep of more trials is refused")]
    [Range(1, 1_000_000)]
    public int MaximumTrials { get; init; } = 1_000;
}

/// <summary>What a trial is judged by.</summary>
public static class ObjectiveName
{
    /// <summary>On the validation split after the last epoch; more is better.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Learnt numbers; fewer is better.</summary>
    public const string Parameters = "parameters";

    /// <summary>Median time of one batch's forward pass; less is better.</summary>
    public const string Latency = "latency";
}
