using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>The first assistant learns from the teachers, each other one from the one before, the student from the last (TAKD, 1902.03393).</summary>
public sealed record ProgressiveRecipeSpec : RecipeSpec
{
    [Description("the networks in between, in the order in which they learn")]
    [MinLength(1)]
    public required IReadOnlyList<AssistantSpec> Assistants { get; init; }
}

/// <summary>A network between the teachers and the student.</summary>
public sealed record AssistantSpec
{
    [Description("letters, digits and dashes")]
    public required string Name { get; init; }

    [Description("nodes that serve it at the same time once it is trained, as far as there are so many")]
    [Range(1, 100)]
    public int Replicas { get; init; } = 1;

    [Description("the network")]
    public required ModelSpec Model { get; init; }

    [Description("how it is trained")]
    public TrainingSpec Training { get; init; } = new();
}
