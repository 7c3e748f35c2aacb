using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>How soft targets are encoded on the wire and in stores; docs/data-plane.md has sizes and errors.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Fp32Spec), "fp32")]
[JsonDerivedType(typeof(Fp16Spec), "fp16")]
[JsonDerivedType(typeof(Int8Spec), "int8")]
[JsonDerivedType(typeof(TopKSpec), "top-k")]
[JsonDerivedType(typeof(SampledSpec), "sampled")]
public abstract record CodecSpec
{
    /// <summary>Bytes of one value, be it a logit or of a feature; null where there is no room for features.</summary>
    [JsonIgnore]
    public virtual int? ValueBytes => null;
}

/// <summary>A codec that keeps probabilities of some classes at one temperature.</summary>
public abstract record SparseCodecSpec : CodecSpec
{
    [Description("T of the probabilities that are kept; distillation.temperature must be the same")]
    [Range(0.0, 1_000.0, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 1.0;
}

/// <summary>Values as they are: 4 bytes each.</summary>
public sealed record Fp32Spec : CodecSpec
{
    public override int? ValueBytes => sizeof(float);
}

/// <summary>Values in half precision: 2 bytes each.</summary>
public sealed record Fp16Spec : CodecSpec
{
    public override int? ValueBytes => sizeof(short);
}

/// <summary>Logits in 256 levels between the least and the greatest of each sample: 1 byte a class and 8 a sample.</summary>
public sealed record Int8Spec : CodecSpec;

/// <summary>The most probable classes and one bucket for the rest: the loss is a lower bound of the full one.</summary>
public sealed record TopKSpec : SparseCodecSpec
{
    [Description("classes kept per sample")]
    [Range(1, 65_535)]
    public int K { get; init; } = 64;
}

/// <summary>Classes drawn with the teacher's probabilities: the gradient is the full one on average (2503.16870).</summary>
public sealed record SampledSpec : SparseCodecSpec
{
    [Description("draws per sample")]
    [Range(1, 65_535)]
    public int Draws { get; init; } = 50;
}
