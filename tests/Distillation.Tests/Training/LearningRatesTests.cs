using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Training;

public class LearningRatesTests
{
    [Fact]
    public void Factor_Constant_IsOne() => Factors(new ConstantRateSpec(), 4).ShouldBe([1, 1, 1, 1]);

    [Fact]
    public void Factor_WarmUp_RisesLinearlyToThePeak() =>
        Factors(new ConstantRateSpec { WarmupSteps = 3 }, 5).ShouldBe([0.25, 0.5, 0.75, 1, 1], 1e-12);

    [Fact]
    public void Factor_Cosine_FallsFromThePeakToItsFloor() =>
        Factors(new CosineRateSpec { Floor = 0.2 }, 5).ShouldBe(
            [1, 0.2 + (0.4 * (1 + Math.Sqrt(0.5))), 0.6, 0.2 + (0.4 * (1 - Math.Sqrt(0.5))), 0.2], 1e-12);

    [Fact]
    public void Factor_CosineWithWarmUp_BeginsAtThePeakWhenWarm() =>
        Factors(new CosineRateSpec { WarmupSteps = 1 }, 4).ShouldBe([0.5, 1, 0.5, 0], 1e-12);

    [Fact]
    public void Factor_CosineOfOneStep_IsThePeak() => Factors(new CosineRateSpec(), 1).ShouldBe([1]);

    [Fact]
    public void Factor_Steps_DropsAfterEverySoManyEpochs() =>
        Factors(new StepRateSpec { EveryEpochs = 2, Factor = 0.5 }, 10, stepsPerEpoch: 2).ShouldBe(
            [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25]);

    private static double[] Factors(LearningRateSpec spec, int steps, int stepsPerEpoch = 1) =>
        [.. Enumerable.Range(0, steps).Select(step => LearningRates.Factor(spec, step, steps, stepsPerEpoch))];
}
