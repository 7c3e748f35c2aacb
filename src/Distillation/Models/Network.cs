using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Specs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Models;

/// <summary>
/// Maps a batch <c>[B, inputs]</c> of values 0 to 1 to logits <c>[B, classes]</c>. Parameters and buffers carry
/// PyTorch's names and layout.
/// </summary>
public abstract class Network : nn.Module<Tensor, Tensor>
{
    private readonly Generator _dropout;

    /// <param name="spec">The architecture.</param>
    /// <param name="dropout">What dropout masks are drawn from.</param>
    /// <param name="device">Where the parameters live.</param>
    private protected Network(ModelSpec spec, Generator dropout, Device device)
        : base(spec.GetType().Name)
    {
        _dropout = dropout;
        Spec = spec;
        Device = device;
    }

    /// <summary>The architecture.</summary>
    public ModelSpec Spec { get; }

    /// <summary>Where the parameters live and where inputs must be.</summary>
    public Device Device { get; }

    /// <summary>What the output layer adds to the logits, <c>[classes]</c>.</summary>
    internal abstract Parameter OutputBias { get; }

    public sealed override Tensor forward(Tensor input) => Compute(input, static (_, _) => { });

    /// <summary>A forward pass that keeps what some modules make of the batch.</summary>
    /// <param name="input_BS"><c>[B, inputs]</c>.</param>
    /// <param name="features">Names of <see cref="ModelSpec.Features"/>.</param>
    public NetworkOutput Observe(Tensor input_BS, IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0)
        {
            return new NetworkOutput(call(input_BS));
        }

        var kept = new Dictionary<string, Tensor>();
        var logits_BC = Compute(input_BS, (name, feature) =>
        {
            if (features.Contains(name))
            {
                kept[name] = feature;
            }
        });
        return new NetworkOutput(logits_BC) { Features = kept };
    }

    /// <summary>How many numbers are learnt.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Whether every weight is a number.</summary>
    public bool IsFinite
    {
        get
        {
            using var scope = NewDisposeScope();
            return parameters().All(parameter => parameter.isfinite().all().item<bool>());
        }
    }

    /// <summary>Maps a batch <c>[B, inputs]</c> to logits <c>[B, classes]</c>.</summary>
    /// <param name="passed">Told every one of <see cref="ModelSpec.Features"/> as the batch passes it, before dropout, <c>[B, …]</c>.</param>
    private protected abstract Tensor Compute(Tensor input, Action<string, Tensor> passed);

    /// <inheritdoc cref="ModuleWeights.Encode"/>
    public byte[] Save() => ModuleWeights.Encode(this);

    /// <inheritdoc cref="ModuleWeights.Load"/>
    public void Load(SafetensorsFile file) => ModuleWeights.Load(this, file);

    /// <summary>The state of the generator that dropout masks are drawn from.</summary>
    public byte[] SaveRandomness()
    {
        using var state = _dropout.get_state();
        return state.bytes.ToArray();
    }

    /// <summary>The next masks are those that followed when the state was saved.</summary>
    public void RestoreRandomness(byte[] state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var saved = tensor(state, ScalarType.Byte);
        _dropout.set_state(saved);
    }
}
