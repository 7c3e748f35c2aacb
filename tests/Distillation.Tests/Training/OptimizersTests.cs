using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Specs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Training;

public class OptimizersTests
{
    private static readonly double[] Rates = [0.1, 0.1, 0.05];

    [Fact]
    public void Sgd_WithMomentumAndDecay_FollowsItsFormula()
    {
        var (weight, velocity) = (2.0, 0.0);
        foreach (var rate in Rates)
        {
            velocity = (0.9 * velocity) + Gradient(weight) + (0.01 * weight);
            weight -= rate * velocity;
        }

        Run(new SgdSpec { Rate = 0.1, Momentum = 0.9, WeightDecay = 0.01 }).ShouldBe(weight, 1e-6);
    }

    [Fact]
    public void Sgd_Nesterov_LooksAhead()
    {
        var (weight, velocity) = (2.0, 0.0);
        foreach (var rate in Rates)
        {
            velocity = (0.9 * velocity) + Gradient(weight);
            weight -= rate * (Gradient(weight) + (0.9 * velocity));
        }

        Run(new SgdSpec { Rate = 0.1, Momentum = 0.9, Nesterov = true }).ShouldBe(weight, 1e-6);
    }

    [Fact]
    public void Adam_WithDecay_FollowsItsFormula()
    {
        var (weight, first, second) = (2.0, 0.0, 0.0);
        for (var step = 1; step <= Rates.Length; step++)
        {
            var gradient = Gradient(weight) + (0.01 * weight);
            first = (0.8 * first) + (0.2 * gradient);
            second = (0.95 * second) + (0.05 * gradient * gradient);
            var (unbiased, squared) = (first / (1 - Math.Pow(0.8, step)), second / (1 - Math.Pow(0.95, step)));
            weight -= Rates[step - 1] * unbiased / (Math.Sqrt(squared) + 1e-6);
        }

        Run(new AdamSpec { Rate = 0.1, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, WeightDecay = 0.01 }).ShouldBe(weight, 1e-6);
    }

    /// <summary>Of w³/3.</summary>
    private static double Gradient(double weight) => weight * weight;

    private static double Run(OptimizerSpec spec)
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor(2f));
        using var optimizer = Optimizers.Create(spec, [weight]);
        foreach (var rate in Rates)
        {
            optimizer.SetRate(rate);
            optimizer.zero_grad();
            (weight.pow(3) / 3).backward();
            optimizer.step();
        }

        return weight.item<float>();
    }
}
