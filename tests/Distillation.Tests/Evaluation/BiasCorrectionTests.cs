using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Evaluation;

public class BiasCorrectionTests
{
    private const int Classes = 4;

    [Fact]
    public void Fit_OfLogitsThatSayNothing_IsTheLogarithmOfHowCommonClassesAre()
    {
        using var scope = NewDisposeScope();
        int[] perClass = [8, 4, 2, 2];
        var logarithms = perClass.Select(count => Math.Log(count)).ToArray();

        var biases = BiasCorrection.Fit(zeros([16, Classes]), perClass).data<double>().ToArray();

        biases.ShouldBe(logarithms.Select(logarithm => logarithm - logarithms.Average()), 1e-9);
    }

    [Fact]
    public void Fit_OfAnyLogits_HasNoLikelierNeighbour()
    {
        using var scope = NewDisposeScope();
        const int Samples = 200;
        var labels = Enumerable.Range(0, Samples).Select(sample => (long)(sample % 7 % Classes)).ToArray();
        var perClass = Enumerable.Range(0, Classes).Select(c => labels.Count(label => label == c)).ToArray();
        var logits = Arrays.ToTensor(Arrays.Logits(1, Samples, Classes));
        // One class is all but ruled out, as by a network that has never met it.
        logits[TensorIndex.Colon, 2] -= 20;

        var biases = BiasCorrection.Fit(logits, perClass);

        var least = Loss(biases);
        for (var c = 0; c < Classes; c++)
        {
            foreach (var shift in new[] { -1e-3, 1e-3 })
            {
                var beside = biases.clone();
                beside[c] += shift;
                Loss(beside).ShouldBeGreaterThan(least);
            }
        }

        double Loss(Tensor biases_C) => nn.functional.cross_entropy(logits + biases_C, tensor(labels)).item<double>();
    }

    [Fact]
    public void Fit_OfLogitsThatAreNotNumbers_Ends()
    {
        using var scope = NewDisposeScope();
        BiasCorrection.Fit(full([4, Classes], double.NaN), [1, 1, 1, 1]).isnan().all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Fit_WithoutASampleOfAClass_SaysWhich() =>
        Should.Throw<ArgumentException>(() => BiasCorrection.Fit(zeros([2, Classes]), [1, 1, 0, 0]))
            .Message.ShouldStartWith("Class 2 has no validation sample");

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void Train_OnTwoOfThreeClasses_ExpectsTheThirdAsOftenAsItIs(string kind)
    {
        ModelSpec model = kind == "mlp"
            ? new MlpSpec { Widths = [16, 24, 3] }
            : new CnnSpec { Input = [1, 4, 4], Channels = [4], Hidden = 8, Classes = 3 };
        var data = TinyData.Create();
        var share = (double)data.Validation.PerClass(3)[2] / data.Validation.Count;

        Expected(biasCorrection: false).ShouldBeLessThan(share / 2);
        Expected(biasCorrection: true).ShouldBe(share, 1e-4);

        double Expected(bool biasCorrection)
        {
            using var scope = NewDisposeScope();
            using var network = Networks.Create(model, seed: 1);
            var trained = Trainer.Train(
                network,
                new NetworkTraining(model, Training(biasCorrection), new ScheduleSpec(), Seed: 1),
                data,
                new LabelObjective(smoothing: 0),
                checkpoints: null,
                new Progress<TrialProgress>(),
                TimeProvider.System,
                TestContext.Current.CancellationToken);
            trained.Validation.ShouldBe(Evaluator.Accuracy(network, data.Validation));
            return Evaluator.Logits(network, data.Validation, 512).softmax(1)[TensorIndex.Colon, 2].mean().item<float>();
        }
    }

    private static TrainingSpec Training(bool biasCorrection) => new()
    {
        Epochs = 5,
        BatchSize = 10,
        Optimizer = new AdamSpec { Rate = 1e-2 },
        Samples = new SamplesSpec { Classes = [0, 1] },
        BiasCorrection = biasCorrection,
    };
}
