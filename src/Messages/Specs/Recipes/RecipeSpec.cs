using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>Who learns from whom.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EnsembleRecipeSpec), "ensemble")]
[JsonDerivedType(typeof(ProgressiveRecipeSpec), "progressive")]
[JsonDerivedType(typeof(BornAgainRecipeSpec), "born-again")]
[JsonDerivedType(typeof(OnlineRecipeSpec), "online")]
[JsonDerivedType(typeof(MutualRecipeSpec), "mutual")]
[JsonDerivedType(typeof(CodistillationRecipeSpec), "codistillation")]
public abstract record RecipeSpec;

/// <summary>The student learns from all teachers at once.</summary>
public sealed record EnsembleRecipeSpec : RecipeSpec;
