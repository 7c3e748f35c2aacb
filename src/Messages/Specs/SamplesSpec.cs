using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>Which training samples a training meets, and how often. Sample ids, blocks and views stay those of the whole split.</summary>
public sealed record SamplesSpec
{
    [Description("only the samples of these classes; left out: of all")]
    [MinLength(1)]
    [Range(0, 255)]
    public IReadOnlyList<int>? Classes { get; init; }

    [Description("of each class the first such share of its samples, at least one")]
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Share { get; init; } = 1.0;

    [Description("an epoch draws as many samples as there are, with replacement, each class that has any as likely as the other")]
    public bool Balanced { get; init; }

    [Description("samples without labels: skipped; met, in the steps of a student that learns from teachers alone; or replaced by those with labels, which are met again until there are as many steps")]
    [AllowedValues(UnlabelledName.Skipped, UnlabelledName.Met, UnlabelledName.Replaced)]
    public string Unlabelled { get; init; } = UnlabelledName.Skipped;
}

/// <summary>What becomes of samples without labels.</summary>
public static class UnlabelledName
{
    public const string Skipped = "skipped";
    public const string Met = "met";

    /// <summary>The baseline of a student that meets them makes as many steps without them.</summary>
    public const string Replaced = "replaced";
}
