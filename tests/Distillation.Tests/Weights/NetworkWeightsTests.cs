using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Weights;

public class NetworkWeightsTests
{
    [Fact]
    public void Load_WeightsWrittenByPyTorch_ReproducesItsLogits()
    {
        using var scope = NewDisposeScope();
        var file = SafetensorsFile.Read(SharedData.RequirePyTorch("mlp_784_64_32_10.safetensors"));
        var expected = SafetensorsFile.Read(SharedData.RequirePyTorch("mlp_784_64_32_10.io.safetensors")).Tensors;
        using var network = Networks.Load(new MlpSpec { Widths = [784, 64, 32, 10], Dropout = 0.5 }, file);

        var logits = network.call(ToTensor(expected["input"]));

        (logits - ToTensor(expected["logits"])).abs().max().item<float>().ShouldBeLessThan(1e-5f);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Load_WeightsThatAreNotFinite_RefusesThem(float value)
    {
        using var network = Networks.Create(new MlpSpec { Widths = [3, 2] }, 1);
        var bytes = network.Save();
        BitConverter.TryWriteBytes(bytes.AsSpan(^sizeof(float)..), value);

        var refusal = Should.Throw<WeightsRefusedException>(() => network.Load(SafetensorsFile.Parse(bytes, "bad")));

        refusal.Mismatches.ShouldBe([new Mismatch("fc1.weight", "finite numbers", "NaN or infinity")]);
    }

    [Fact]
    public void Load_WhatSaveWrote_YieldsTheSameBytesAgain()
    {
        var spec = new CnnSpec { Input = [1, 4, 4], Channels = [2], Hidden = 3, Classes = 2 };
        using var network = Networks.Create(spec, 1);
        using var copy = Networks.Create(spec, 2);
        copy.Load(SafetensorsFile.Parse(network.Save(), "saved"));
        copy.Save().ShouldBe(network.Save());
    }

    [Fact]
    public void Load_AnotherNetworksWeights_NamesEveryMismatchAndChangesNothing()
    {
        using var stored = Networks.Create(new MlpSpec { Widths = [4, 3, 5, 2] }, 1);
        using var network = Networks.Create(new CnnSpec { Input = [1, 4, 4], Channels = [2], Hidden = 3, Classes = 2 }, 1);
        var before = network.Save();
        var file = SafetensorsFile.Parse(stored.Save(), "other.safetensors");

        var refused = Should.Throw<WeightsRefusedException>(() => network.Load(file));

        refused.Message.ShouldStartWith("other.safetensors: ");
        refused.Mismatches.ShouldBe(
        [
            new Mismatch("conv1.weight", "[2, 1, 3, 3]", "no such tensor"),
            new Mismatch("conv1.bias", "[2]", "no such tensor"),
            new Mismatch("fc1.weight", "[3, 8]", "[3, 4]"),
            new Mismatch("fc2.weight", "[2, 3]", "[5, 3]"),
            new Mismatch("fc2.bias", "[2]", "[5]"),
            new Mismatch("fc3.bias", "no such tensor", "[2]"),
            new Mismatch("fc3.weight", "no such tensor", "[2, 5]"),
        ]);
        network.Save().ShouldBe(before);
    }

    private static Tensor ToTensor(StoredTensor stored)
    {
        var tensor = empty([.. stored.Shape], ScalarType.Float32);
        stored.Data.Span.CopyTo(tensor.bytes);
        return tensor;
    }
}
