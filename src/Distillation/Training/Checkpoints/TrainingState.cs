using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Weights;
using TorchSharp.Modules;

namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>A training between two steps: everything that its further steps depend on, and what its report has added up.</summary>
/// <param name="Progress">What lies behind it.</param>
/// <param name="Network">Weights and buffers, as a safetensors file.</param>
/// <param name="Optimizer">The optimizer's moments and step counts, as TorchSharp writes them.</param>
/// <param name="Randomness">The state of the generator that dropout masks are drawn from.</param>
/// <param name="Objective">What the loss of further steps depends on besides these.</param>
public sealed record TrainingState(TrainingProgress Progress, byte[] Network, byte[] Optimizer, byte[] Randomness, byte[] Objective)
{
    public static TrainingState Capture(TrainingProgress progress, Network network, OptimizerHelper optimizer, IObjective objective)
    {
        using var moments = new MemoryStream();
        using (var writer = new BinaryWriter(moments))
        {
            optimizer.save_state_dict(writer);
        }

        return new TrainingState(progress, network.Save(), moments.ToArray(), network.SaveRandomness(), objective.Save());
    }

    /// <summary>Puts network, optimizer and objective where they were, to the last bit.</summary>
    /// <exception cref="WeightsRefusedException">The state is that of another network.</exception>
    public void Restore(Network network, OptimizerHelper optimizer, IObjective objective)
    {
        network.Load(SafetensorsFile.Parse(Network, "checkpoint"));
        network.RestoreRandomness(Randomness);
        using var reader = new BinaryReader(new MemoryStream(Optimizer));
        optimizer.load_state_dict(reader);
        objective.Restore(Objective);
    }
}

/// <summary>What lies behind a training.</summary>
/// <param name="Total">All steps so far; their number is the position in the schedule.</param>
/// <param name="LastLoss">The loss of the last step; null before the first.</param>
/// <param name="Validation">Accuracy on the validation split after the last complete epoch, 0 to 1; null before it.</param>
public sealed record TrainingProgress(Tally Total, double? LastLoss, double? Validation)
{
    public static TrainingProgress None { get; } = new(default, LastLoss: null, Validation: null);
}
