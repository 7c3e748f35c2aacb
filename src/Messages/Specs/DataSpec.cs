using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>Where the samples come from. Equal values yield equal samples, in the same order, on every node.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(IdxDataSpec), "idx")]
[JsonDerivedType(typeof(GlyphDataSpec), "glyphs")]
public abstract record DataSpec
{
    [Description("how many times rarer the last class is made than the first among the training samples: of C classes, class c keeps the first n * imbalance^(-c / (C - 1)) of its n samples")]
    [Range(1.0, 10_000.0)]
    public double Imbalance { get; init; } = 1.0;

    [Description("only the first so many training samples keep their labels; left out: all of them")]
    [Range(1, 10_000_000)]
    public int? Labelled { get; init; }
}

/// <summary>A folder with MNIST's four IDX files, gzip-compressed or not.</summary>
public sealed record IdxDataSpec : DataSpec
{
    [Description("the folder with the four IDX files; relative to the spec's own folder")]
    public required string Path { get; init; }

    [Description("how many classes there are; labels are 0 to classes - 1")]
    [Range(2, 256)]
    public int Classes { get; init; } = 10;

    [Description("how many samples at the end of the training file are held out for validation")]
    [Range(1, 10_000_000)]
    public int Validation { get; init; } = 5_000;

    [Description("use only the first so many training samples (validation samples are not counted)")]
    [Range(1, 10_000_000)]
    public int? Limit { get; init; }

    [Description("an IDX file of images without labels, which follow the training samples; relative to the spec's own folder")]
    public string? Unlabelled { get; init; }
}

/// <summary>The built-in dataset: glyphs drawn by code, 28 by 28 pixels, 10 classes, needing no download.</summary>
public sealed record GlyphDataSpec : DataSpec
{
    [Description("draws the samples; it is the dataset's own, so that runs with different seeds compare on the same data")]
    [Range(0L, long.MaxValue)]
    public long Seed { get; init; } = 1;

    [Description("how many training samples to draw")]
    [Range(1, 1_000_000)]
    public int Train { get; init; } = 3_000;

    [Description("how many validation samples to draw")]
    [Range(1, 1_000_000)]
    public int Validation { get; init; } = 1_000;

    [Description("how many test samples to draw")]
    [Range(1, 1_000_000)]
    public int Test { get; init; } = 4_000;
}
