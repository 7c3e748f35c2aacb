using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Specs;

/// <summary>A network's architecture. Together with weights it is all that is needed to run the network.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MlpSpec), "mlp")]
[JsonDerivedType(typeof(CnnSpec), "cnn")]
public abstract record ModelSpec
{
    /// <summary>How many input values one sample has.</summary>
    [JsonIgnore]
    public abstract int Inputs { get; }

    /// <summary>How many logits the network yields for one sample.</summary>
    [JsonIgnore]
    public abstract int Outputs { get; }

    /// <summary>What losses on features can compare, from the input to the output; the logits are none.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<FeatureShape> Features { get; }
}

/// <summary>A multi-layer perceptron: linear layers <c>fc1</c>, <c>fc2</c>, … with ReLU and dropout between them.</summary>
public sealed record MlpSpec : ModelSpec
{
    [Description("the width of every layer from input to output, for example [784, 400, 10]")]
    [MinLength(2)]
    [Range(1, 1_000_000)]
    public required IReadOnlyList<int> Widths { get; init; }

    [Description("the share of hidden units silenced at random in each training step")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Dropout { get; init; }

    public override int Inputs => Widths[0];

    public override int Outputs => Widths[^1];

    [JsonIgnore]
    public override IReadOnlyList<FeatureShape> Features =>
        [.. Widths.Skip(1).SkipLast(1).Select((width, layer) => new FeatureShape($"fc{layer + 1}", [width]))];
}

/// <summary>
/// A small convolutional network: 3×3 convolutions <c>conv1</c>, <c>conv2</c>, … each followed by ReLU and 2×2
/// max-pooling, then <c>fc1</c>, ReLU, dropout and <c>fc2</c>.
/// </summary>
public sealed record CnnSpec : ModelSpec
{
    [Description("channels, height and width of one sample")]
    [MinLength(3)]
    [MaxLength(3)]
    [Range(1, 4_096)]
    public IReadOnlyList<int> Input { get; init; } = [1, 28, 28];

    [Description("the output channels of each convolution; each one halves height and width")]
    [MinLength(1)]
    [Range(1, 4_096)]
    public required IReadOnlyList<int> Channels { get; init; }

    [Description("the width of the hidden linear layer")]
    [Range(1, 1_000_000)]
    public int Hidden { get; init; } = 128;

    [Description("how many classes to tell apart")]
    [Range(2, 1_000_000)]
    public required int Classes { get; init; }

    [Description("the share of hidden units silenced at random in each training step")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Dropout { get; init; }

    /// <summary>How many convolutions the input allows: each halves height and width, and one pixel must be left.</summary>
    [JsonIgnore]
    public int MaximumConvolutions => BitOperations.Log2((uint)Math.Min(Input[1], Input[2]));

    public override int Inputs => Input[0] * Input[1] * Input[2];

    public override int Outputs => Classes;

    [JsonIgnore]
    public override IReadOnlyList<FeatureShape> Features =>
    [
        .. Channels.Select((channels, index) => new FeatureShape($"conv{index + 1}", [channels, Input[1] >> (index + 1), Input[2] >> (index + 1)])),
        new FeatureShape("fc1", [Hidden]),
    ];
}
