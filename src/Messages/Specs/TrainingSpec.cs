using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>How one network is trained.</summary>
public sealed record TrainingSpec
{
    [Description("passes over the training samples")]
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 10;

    [Description("samples per optimizer step")]
    [Range(1, 1_000_000)]
    public int BatchSize { get; init; } = 128;

    [Description("the update rule")]
    public OptimizerSpec Optimizer { get; init; } = new AdamSpec();

    [Description("how the learning rate changes over the steps")]
    public LearningRateSpec LearningRate { get; init; } = new ConstantRateSpec();

    [Description("after every step the weights into each unit (a row of a linear layer, a filter of a convolution) are scaled back to this L2 norm where they are longer (1207.0580); left out: never")]
    [Range(0.0, 1_000_000.0, MinimumIsExclusive = true)]
    public double? MaxNorm { get; init; }

    [Description("the share of each label that is spread evenly over all classes (1512.00567)")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double LabelSmoothing { get; init; }

    [Description("whether the biases of the output layer are moved, after the last step, to where the labels of the validation split are likeliest (1901.06852)")]
    public bool BiasCorrection { get; init; }

    [Description("how samples are augmented")]
    public ViewSpec View { get; init; } = new PlainViewSpec();

    [Description("which training samples it meets, and how often; left out: all of them, once an epoch")]
    public SamplesSpec? Samples { get; init; }

    [Description("CPU threads of one trial; weights are reproducible for a fixed number only")]
    [Range(1, 1_024)]
    public int Threads { get; init; } = 1;
}
