using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>
/// Networks that learn side by side, each on a node of its own, and hear from each other while they do. All of them meet the same
/// batches, so that what one makes of a batch is of use to the others.
/// </summary>
public abstract record LiveRecipeSpec : RecipeSpec
{
    [Description("steps between two checkpoints, the same for all of them; between two each keeps what the others may ask again")]
    [Range(1, 1_000_000)]
    public int SaveEvery { get; init; } = 100;

    [Description("seconds that one of them waits for another; then the run fails")]
    [Range(1.0, 86_400.0)]
    public double Deadline { get; init; } = 300.0;
}

/// <summary>The teachers learn from the labels, and the student from what they make of every batch while they do.</summary>
public sealed record OnlineRecipeSpec : LiveRecipeSpec
{
    [Description("steps that a teacher may be ahead of the student")]
    [Range(1, 10_000)]
    public int Lead { get; init; } = 8;
}

/// <summary>Student and peers learn from the labels and from each other (deep mutual learning, 1706.00384).</summary>
public sealed record MutualRecipeSpec : LiveRecipeSpec, IPeerRecipe
{
    [Description("the networks that learn beside the student")]
    [MinLength(1)]
    public required IReadOnlyList<PeerSpec> Peers { get; init; }
}

/// <summary>Student and peers learn from each other's stale predictions (codistillation, 1804.03235).</summary>
public sealed record CodistillationRecipeSpec : LiveRecipeSpec, IPeerRecipe
{
    [Description("the networks that learn beside the student")]
    [MinLength(1)]
    public required IReadOnlyList<PeerSpec> Peers { get; init; }

    [Description("steps between two exchanges: what is learnt from is one to two exchanges old")]
    [Range(1, 1_000_000)]
    public int Every { get; init; } = 50;

    [Description("steps in which each learns from the labels alone")]
    [Range(0, 100_000_000)]
    public int BurnIn { get; init; } = 200;
}

/// <summary>A recipe without teachers.</summary>
public interface IPeerRecipe
{
    IReadOnlyList<PeerSpec> Peers { get; }
}

/// <summary>A network that learns beside the student, or several that differ by their seed alone.</summary>
public sealed record PeerSpec
{
    [Description("letters, digits and dashes; with count above 1 a number is appended")]
    public string Name { get; init; } = "peer";

    [Description("how many such peers")]
    [Range(1, 100)]
    public int Count { get; init; } = 1;

    [Description("the network")]
    public required ModelSpec Model { get; init; }

    [Description("how it is trained, in the student's own batches; nothing for as the student is")]
    public TrainingSpec? Training { get; init; }
}
