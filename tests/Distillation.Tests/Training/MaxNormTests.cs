using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Training;

public class MaxNormTests
{
    private static readonly Dataset Data = TinyData.Create();

    public static TheoryData<ModelSpec> Models =>
    [
        new MlpSpec { Widths = [16, 24, 3] },
        new CnnSpec { Input = [1, 4, 4], Channels = [4], Hidden = 8, Classes = 3 },
    ];

    [Fact]
    public void Apply_ScalesLongRowsBack_AndLeavesTheOthersAndTheBias()
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(new MlpSpec { Widths = [2, 3] }, seed: 1);
        Set(network, "fc1.weight", tensor(new float[,] { { 3, 4 }, { 0.1f, 0.7f }, { 0, 0 } }));
        Set(network, "fc1.bias", tensor(new float[] { 7, 8, 9 }));

        new MaxNorm(network, limit: 2).Apply();

        var weights = network.state_dict()["fc1.weight"].data<float>().ToArray();
        weights[0].ShouldBe(1.2f, 1e-6f);
        weights[1].ShouldBe(1.6f, 1e-6f);
        weights[2..].ShouldBe([0.1f, 0.7f, 0, 0]);
        network.state_dict()["fc1.bias"].data<float>().ToArray().ShouldBe([7, 8, 9]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Train_WithMaxNorm_KeepsEveryUnitWithinIt(ModelSpec model)
    {
        const double Limit = 0.5;
        LongestUnit(model, maxNorm: null).ShouldBeGreaterThan(Limit * 1.1);
        LongestUnit(model, Limit).ShouldBe(Limit, 1e-5);
    }

    private static double LongestUnit(ModelSpec model, double? maxNorm)
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(model, seed: 1);
        var training = new TrainingSpec { Epochs = 3, BatchSize = 10, Optimizer = new AdamSpec { Rate = 1e-2 }, MaxNorm = maxNorm };
        Trainer.Train(
            network,
            new NetworkTraining(model, training, new ScheduleSpec(), Seed: 1),
            Data,
            new LabelObjective(smoothing: 0),
            checkpoints: null,
            new Progress<TrialProgress>(),
            TimeProvider.System,
            TestContext.Current.CancellationToken);
        return network.parameters()
            .Where(parameter => parameter.dim() > 1)
            .Max(weight => weight.flatten(1).norm(dim: 1, keepdim: false, p: 2).max().item<float>());
    }

    private static void Set(Network network, string name, Tensor values)
    {
        using var noGrad = no_grad();
        network.state_dict()[name].copy_(values);
    }
}
