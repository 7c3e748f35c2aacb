using Stillhouse.Messages.Specs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Training;

/// <summary>Builds optimizers from their specs.</summary>
public static class Optimizers
{
    /// <summary>An optimizer over the parameters, at its peak rate.</summary>
    public static OptimizerHelper Create(OptimizerSpec spec, IEnumerable<Parameter> parameters) => spec switch
    {
        AdamSpec adam => optim.Adam(parameters, adam.Rate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.WeightDecay),
        SgdSpec sgd => optim.SGD(
            parameters, sgd.Rate, sgd.Momentum, weight_decay: sgd.WeightDecay, nesterov: sgd.Nesterov),
        _ => throw new ArgumentException($"No optimizer is known for {spec?.GetType().Name ?? "nothing"}.", nameof(spec)),
    };

    /// <summary>The rate of the steps to come.</summary>
    public static void SetRate(this optim.Optimizer optimizer, double rate)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }
    }
}
