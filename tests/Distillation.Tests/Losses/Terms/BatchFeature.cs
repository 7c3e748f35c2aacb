using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses.Terms;

/// <summary>What a module makes of a batch, in arrays and as a tensor.</summary>
internal sealed class BatchFeature(FeatureShape shape, double[][] rows, ScalarType type = ScalarType.Float64)
{
    public FeatureShape Shape { get; } = shape;

    /// <summary>One per sample; the values of maps lie channel by channel.</summary>
    public double[][] Rows { get; } = rows;

    /// <summary>A leaf, <c>[B, size]</c>.</summary>
    public Tensor Values_BS { get; } = ToTensor(rows, type).requires_grad_();

    /// <summary><c>[B, units]</c> or <c>[B, channels, height, width]</c>.</summary>
    public Tensor Shaped => Values_BS.reshape([Rows.Length, .. Shape.Shape.Select(side => (long)side)]);

    /// <summary>Height times width of a map, 1 of units.</summary>
    public int Places => Shape.Size / Shape.Shape[0];

    public static BatchFeature Draw(FeatureShape shape, long seed, int rows, ScalarType type = ScalarType.Float64) =>
        new(shape, Logits(seed, rows, shape.Size), type);
}
