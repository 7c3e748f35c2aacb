using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Specs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Models;

/// <summary>What networks tell of their modules.</summary>
public class NetworkFeatureTests
{
    private const int Rows = 4;

    private static readonly MlpSpec Mlp = new() { Widths = [6, 5, 4, 3], Dropout = 0.5 };
    private static readonly CnnSpec Cnn = new() { Input = [2, 15, 7], Channels = [3, 4], Hidden = 6, Classes = 3, Dropout = 0.5 };

    public static TheoryData<ModelSpec> Models => [Mlp, Cnn, Cnn with { Input = [1, 8, 9], Channels = [5, 2, 3] }, Mlp with { Widths = [6, 3] }];

    [Fact]
    public void Features_AreNamedAsTheWeightsAre_FromTheInputOn()
    {
        Mlp.Features.Select(feature => $"{feature}").ShouldBe(["fc1 [5]", "fc2 [4]"]);
        Cnn.Features.Select(feature => $"{feature}").ShouldBe(["conv1 [3, 7, 3]", "conv2 [4, 3, 1]", "fc1 [6]"]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Observe_EveryFeature_IsOfTheShapeThatTheModelSays(ModelSpec model)
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(model, 1);

        var output = network.Observe(rand(Rows, model.Inputs), [.. model.Features.Select(feature => feature.Name)]);

        output.Logits_BC.shape.ShouldBe([Rows, 3]);
        output.Features.Select(feature => (feature.Key, StoredTensor.Describe(feature.Value.shape))).ShouldBe(
            model.Features.Select(feature => (feature.Name, StoredTensor.Describe([Rows, .. feature.Shape.Select(side => (long)side)]))));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Observe_InTraining_ChangesNoBitOfLogitsAndGradients(ModelSpec model)
    {
        using var scope = NewDisposeScope();
        using var observed = Networks.Create(model, 1);
        using var called = Networks.Create(model, 1);
        var input_BS = rand(Rows, model.Inputs);

        var output = observed.Observe(input_BS, [.. model.Features.Select(feature => feature.Name)]);
        var logits_BC = called.call(input_BS);
        output.Logits_BC.square().sum().backward();
        logits_BC.square().sum().backward();

        Arrays.ToArray(output.Logits_BC).ShouldBe(Arrays.ToArray(logits_BC));
        observed.parameters().SelectMany(parameter => Arrays.ToArray(parameter.grad!))
            .ShouldBe(called.parameters().SelectMany(parameter => Arrays.ToArray(parameter.grad!)));
    }

    [Fact]
    public void Observe_SomeFeatures_TellsThemAlone()
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(Cnn, 1);
        var input_BS = rand(Rows, Cnn.Inputs);

        network.Observe(input_BS, ["conv2"]).Features.Keys.ShouldBe(["conv2"]);
        network.Observe(input_BS, []).Features.ShouldBeEmpty();
    }

    [Fact]
    public void Observe_AnMlpInTraining_TellsWhatALayerYieldsBeforeDropout()
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(Mlp, 1);
        var input_BS = rand(Rows, Mlp.Inputs);

        var feature = network.Observe(input_BS, ["fc1"]).Features["fc1"];

        Arrays.ToArray(feature).ShouldBe(Arrays.ToArray(nn.functional.relu(Module<Linear>(network, "fc1").call(input_BS))));
    }

    [Fact]
    public void Observe_ACnnInTraining_TellsPooledMapsAndUnitsBeforeDropout()
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(Cnn, 1);
        var input_BS = rand(Rows, Cnn.Inputs);

        var features = network.Observe(input_BS, ["conv1", "conv2", "fc1"]).Features;

        Tensor[] passed = [input_BS.view(-1, 2, 15, 7), features["conv1"]];
        foreach (var (index, maps_BCHW) in passed.Index())
        {
            var name = $"conv{index + 1}";
            Arrays.ToArray(features[name]).ShouldBe(
                Arrays.ToArray(nn.functional.max_pool2d(nn.functional.relu(Module<Conv2d>(network, name).call(maps_BCHW)), 2)));
        }

        Arrays.ToArray(features["fc1"]).ShouldBe(Arrays.ToArray(nn.functional.relu(Module<Linear>(network, "fc1").call(features["conv2"].flatten(1)))));
    }

    private static TModule Module<TModule>(Network network, string name)
        where TModule : nn.Module =>
        (TModule)network.named_children().First(child => child.name == name).module;
}
