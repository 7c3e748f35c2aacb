using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>One teacher, or several that differ by their seed alone.</summary>
public sealed record TeacherSpec
{
    [Description("letters, digits and dashes; with count above 1 a number is appended")]
    public string Name { get; init; } = "teacher";

    [Description("how many such teachers")]
    [Range(1, 100)]
    public int Count { get; init; } = 1;

    [Description("nodes that serve it at the same time, as far as there are so many; when one is lost the others go on")]
    [Range(1, 100)]
    public int Replicas { get; init; } = 1;

    [Description("its weight where distillation.ensemble is weighted-probabilities; only the ratio between teachers counts")]
    [Range(0.0, 1_000_000.0, MinimumIsExclusive = true)]
    public double EnsembleWeight { get; init; } = 1.0;

    [Description("the network")]
    public required ModelSpec Model { get; init; }

    [Description("how it is trained; unused where weights are given")]
    public TrainingSpec Training { get; init; } = new();

    [Description("a safetensors file to load instead of training; relative to the spec's own folder")]
    public string? Weights { get; init; }
}
