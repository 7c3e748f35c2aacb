using CsCheck;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Training;

public class FactorsTests
{
    private static readonly Gen<FactorSpec> Any = Gen.Select(Gen.Int[0, 3], Gen.Double[0, 3], Gen.Double[0, 3], Gen.Double[0.1, 5])
        .Select(FactorSpec (kind, from, to, epochs) => kind switch
        {
            0 => new ConstantFactorSpec(),
            1 => new LinearFactorSpec { From = from, To = to },
            2 => new CosineFactorSpec { From = from, To = to },
            _ => new WarmUpFactorSpec { From = from, Epochs = epochs },
        });

    [Fact]
    public void Of_Constant_IsOne() => All(new ConstantFactorSpec(), 3).ShouldBe([1, 1, 1]);

    [Fact]
    public void Of_Linear_GoesFromOneEndToTheOther()
    {
        All(new LinearFactorSpec(), 5).ShouldBe([1, 0.75, 0.5, 0.25, 0], 1e-12);
        All(new LinearFactorSpec { From = 0.5, To = 2 }, 4).ShouldBe([0.5, 1, 1.5, 2], 1e-12);
    }

    [Fact]
    public void Of_Cosine_GoesFromOneEndToTheOther()
    {
        All(new CosineFactorSpec(), 3).ShouldBe([1, 0.5, 0], 1e-12);
        All(new CosineFactorSpec { From = 0, To = 4 }, 5).ShouldBe([0, 2 - (2 * Math.Sqrt(0.5)), 2, 2 + (2 * Math.Sqrt(0.5)), 4], 1e-12);
    }

    [Fact]
    public void Of_WarmUp_IsOneAfterItsEpochsAndCountsPartsOfThem()
    {
        All(new WarmUpFactorSpec { Epochs = 2 }, 6, stepsPerEpoch: 2).ShouldBe([0, 0.25, 0.5, 0.75, 1, 1], 1e-12);
        All(new WarmUpFactorSpec { Epochs = 0.5, From = 0.2 }, 4, stepsPerEpoch: 4).ShouldBe([0.2, 0.6, 1, 1], 1e-12);
    }

    [Fact]
    public void Of_TheOnlyStep_IsTheFirst() => All(new LinearFactorSpec { From = 0.25 }, 1).ShouldBe([0.25]);

    [Fact]
    public void Of_AnySpec_StaysWithinItsEnds() => Gen.Select(Any, Gen.Int[1, 40], Gen.Int[1, 10]).Sample((spec, steps, stepsPerEpoch) =>
        All(spec, steps, stepsPerEpoch).ShouldAllBe(factor => factor >= spec.Least - 1e-12 && factor <= spec.Greatest + 1e-12));

    private static double[] All(FactorSpec spec, int steps, int stepsPerEpoch = 1) =>
        [.. Enumerable.Range(0, steps).Select(step => Factors.Of(spec, step, steps, stepsPerEpoch))];
}
