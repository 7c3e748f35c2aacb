using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>Who learns from whom, between the teachers and the student.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EnsembleRecipeSpec), "ensemble")]
[JsonDerivedType(typeof(ProgressiveRecipeSpec), "progressive")]
[JsonDerivedType(typeof(BornAgainRecipeSpec), "born-again")]
public abstract record RecipeSpec;

/// <summary>The student learns from all teachers at once.</summary>
public sealed record EnsembleRecipeSpec : RecipeSpec;

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

/// <summary>
/// The student is trained generation after generation, each from other initial weights: the first learns from the teachers, each
/// other one from the one before (born-again networks, 1805.04770).
/// </summary>
public sealed record BornAgainRecipeSpec : RecipeSpec
{
    [Description("how many; the last one is the student")]
    [Range(2, 100)]
    public int Generations { get; init; } = 3;

    [Description("nodes that serve a generation at the same time, as far as there are so many")]
    [Range(1, 100)]
    public int Replicas { get; init; } = 1;
}
