using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Models;

public class NetworkTests
{
    private static readonly MlpSpec SmallMlp = new() { Widths = [6, 5, 3], Dropout = 0.5 };
    private static readonly CnnSpec SmallCnn = new() { Input = [2, 8, 9], Channels = [4, 6], Hidden = 7, Classes = 3 };

    [Fact]
    public void Create_Mlp_NamesItsParametersAsPyTorchDoes()
    {
        using var network = Networks.Create(SmallMlp, 1);
        network.named_parameters().Select(entry => (entry.name, StoredTensor.Describe(entry.parameter.shape))).ShouldBe(
            [("fc1.weight", "[5, 6]"), ("fc1.bias", "[5]"), ("fc2.weight", "[3, 5]"), ("fc2.bias", "[3]")]);
        network.ParameterCount.ShouldBe((6 * 5) + 5 + (5 * 3) + 3);
    }

    [Fact]
    public void Create_Cnn_NamesItsParametersAsPyTorchDoes()
    {
        using var network = Networks.Create(SmallCnn, 1);
        network.named_parameters().Select(entry => (entry.name, StoredTensor.Describe(entry.parameter.shape))).ShouldBe(
        [
            ("conv1.weight", "[4, 2, 3, 3]"), ("conv1.bias", "[4]"), ("conv2.weight", "[6, 4, 3, 3]"), ("conv2.bias", "[6]"),
            ("fc1.weight", "[7, 24]"), ("fc1.bias", "[7]"), ("fc2.weight", "[3, 7]"), ("fc2.bias", "[3]"),
        ]);
    }

    [Fact]
    public void Forward_FlatBatch_YieldsOneRowOfLogitsPerSample()
    {
        using var scope = NewDisposeScope();
        foreach (ModelSpec spec in new ModelSpec[] { SmallMlp, SmallCnn })
        {
            using var network = Networks.Create(spec, 1);
            network.call(rand(4, spec.Inputs)).shape.ShouldBe([4, spec.Outputs]);
        }
    }

    /// <summary>Channel counts that do not fill a vector, and memory that had NaN in it: oneDNN lets that into outputs and gradients.</summary>
    [Fact]
    public void Gradients_OfACnn_DoNotDependOnWhatWasInMemoryBefore()
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(new CnnSpec { Channels = [4, 12], Hidden = 16, Classes = 10 }, 1);
        var input = ones(64, 784);
        foreach (var round in Enumerable.Range(0, 60))
        {
            using var inner = NewDisposeScope();
            full([1_000 + (round * 37)], float.NaN).Dispose();
            network.zero_grad();
            network.call(input).sum().backward();
            network.parameters().ShouldAllBe(parameter => parameter.grad!.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void Create_ConvolutionsBeyondTheLastPixel_IsRefused()
    {
        var spec = SmallCnn with { Channels = [4, 4, 4, 4] };
        spec.MaximumConvolutions.ShouldBe(3);
        Should.Throw<ArgumentException>(() => Networks.Create(spec, 1)).Message.ShouldContain("at most 3");
    }

    [Fact]
    public void Create_SameSeed_YieldsTheSameWeightsWhateverTheProcessDrew()
    {
        using var first = Networks.Create(SmallCnn, 5);
        manual_seed(99);
        rand(10).Dispose();
        using var second = Networks.Create(SmallCnn, 5);
        using var other = Networks.Create(SmallCnn, 6);
        second.Save().ShouldBe(first.Save());
        other.Save().ShouldNotBe(first.Save());
    }

    [Fact]
    public void Create_Weights_FillTheIntervalOfPyTorchsDefault()
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(new MlpSpec { Widths = [100, 400, 10] }, 3);
        var weight = network.named_parameters().First().parameter;
        weight.abs().max().item<float>().ShouldBeInRange(0.0999f, 0.1f);
        weight.mean().item<float>().ShouldBe(0f, 0.002f);
        weight.std().item<float>().ShouldBe(0.1f / MathF.Sqrt(3), 0.001f);
    }

    [Fact]
    public void Dropout_InTraining_DrawsFromTheNetworksOwnGenerator()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var first = Networks.Create(SmallMlp, 5);
        using var second = Networks.Create(SmallMlp, 5);
        var input = ones(8, 6);

        float[][] Draws(Network network) => [Values(network.call(input)), Values(network.call(input))];
        var draws = Draws(first);
        bernoulli(full(1_000, 0.5f)).Dispose();

        Draws(second).ShouldBe(draws);
        draws[0].ShouldNotBe(draws[1]);
    }

    [Fact]
    public void Dropout_InEvaluation_KeepsEveryUnit()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = Networks.Create(SmallMlp, 5);
        using var without = Networks.Create(SmallMlp with { Dropout = 0 }, 5);
        network.eval();
        var input = ones(8, 6);
        Values(network.call(input)).ShouldBe(Values(without.call(input)));
    }

    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();
}
