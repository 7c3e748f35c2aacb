using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>How a training augments its samples; teachers are asked about what the student sees.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PlainViewSpec), "plain")]
[JsonDerivedType(typeof(ShiftViewSpec), "shift")]
public abstract record ViewSpec;

/// <summary>Samples as they are: a teacher computes each of them once for the whole run.</summary>
public sealed record PlainViewSpec : ViewSpec;

/// <summary>Samples moved by a few pixels, anew in every epoch: a teacher computes each of them once per epoch.</summary>
public sealed record ShiftViewSpec : ViewSpec
{
    [Description("how far a sample may move along each axis")]
    [Range(1, 64)]
    public int Pixels { get; init; } = 2;
}
