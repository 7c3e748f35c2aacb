using static TorchSharp.torch;

namespace Stillhouse.Distillation.Models;

/// <summary>
/// PyTorch's default for linear layers and convolutions: weights and biases from U(-1/√n, 1/√n), n being the inputs of
/// one output (He et al., 1502.01852, with a = √5).
/// </summary>
internal static class UniformInitialization
{
    /// <summary>Draws every layer in the order of registration, weight before bias.</summary>
    public static void Apply(nn.Module network, Generator generator)
    {
        using var noGrad = no_grad();
        foreach (var (_, layer) in network.named_children())
        {
            var parameters = layer.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
            if (parameters.Count == 0)
            {
                continue;
            }

            var inputs = parameters["weight"].numel() / parameters["weight"].shape[0];
            var bound = 1 / Math.Sqrt(inputs);
            parameters["weight"].uniform_(-bound, bound, generator);
            parameters["bias"].uniform_(-bound, bound, generator);
        }
    }
}
