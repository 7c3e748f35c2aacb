using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

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
