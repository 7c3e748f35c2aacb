using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using TorchSharp;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Models;

/// <summary>Builds networks from their specs.</summary>
public static class Networks
{
    /// <summary>
    /// A new network in training mode. Initial weights and dropout masks depend on <paramref name="seed"/> alone: they are
    /// drawn from generators of its own, because libtorch's default generator is one for the whole process.
    /// </summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="seed">Of this network; uses derive their own seeds from it.</param>
    /// <param name="device">The CPU by default.</param>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Network Create(ModelSpec spec, long seed, Device? device = null)
    {
        var target = device ?? CPU;
        var dropout = new Generator((ulong)Seeds.Derive(seed, "dropout"), target);
        Network network = spec switch
        {
            MlpSpec mlp => new Mlp(mlp, dropout, target),
            CnnSpec cnn => new Cnn(cnn, dropout, target),
            _ => throw new ArgumentException($"No network is known for {spec?.GetType().Name ?? "nothing"}.", nameof(spec)),
        };
        using var initial = new Generator((ulong)Seeds.Derive(seed, "weights"), CPU);
        UniformInitialization.Apply(network, initial);
        network.to(target);
        return network;
    }

    /// <summary>A network with stored weights, in evaluation mode.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    /// <exception cref="WeightsRefusedException">The weights are not those of such a network.</exception>
    public static Network Load(ModelSpec spec, SafetensorsFile weights, Device? device = null)
    {
        var network = Create(spec, seed: 0, device);
        try
        {
            network.Load(weights);
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
