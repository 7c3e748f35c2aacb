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

    /// <summary>The weights as the bytes of a safetensors file; equal weights yield equal bytes.</summary>
    public byte[] Save() => SafetensorsFile.Encode(state_dict().ToDictionary(entry => entry.Key, entry => Store(entry.Value)));

    /// <summary>Takes over every tensor of a file.</summary>
    /// <exception cref="WeightsRefusedException">
    /// Tensors are missing, unexpected, of another shape or not finite; all are named, and nothing has been taken over.
    /// </exception>
    public void Load(SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var own = state_dict();
        var mismatches = Compare(own, file.Tensors).ToArray();
        if (mismatches.Length > 0)
        {
            throw new WeightsRefusedException(file.Source, mismatches);
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (name, tensor) in own)
        {
            var values = empty(tensor.shape, ScalarType.Float32);
            file.Tensors[name].Data.Span.CopyTo(values.bytes);
            tensor.copy_(values);
        }
    }

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

    private static StoredTensor Store(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return new StoredTensor(tensor.shape, tensor.detach().cpu().contiguous().bytes.ToArray());
    }

    private static IEnumerable<Mismatch> Compare(Dictionary<string, Tensor> own, IReadOnlyDictionary<string, StoredTensor> stored)
    {
        foreach (var (name, tensor) in own)
        {
            if (!stored.TryGetValue(name, out var found))
            {
                yield return new Mismatch(name, StoredTensor.Describe(tensor.shape), "no such tensor");
            }
            else if (!found.Shape.SequenceEqual(tensor.shape))
            {
                yield return new Mismatch(name, StoredTensor.Describe(tensor.shape), StoredTensor.Describe(found.Shape));
            }
            else if (!found.IsFinite)
            {
                yield return new Mismatch(name, "finite numbers", "NaN or infinity");
            }
        }

        foreach (var (name, tensor) in stored.Where(entry => !own.ContainsKey(entry.Key)))
        {
            yield return new Mismatch(name, "no such tensor", StoredTensor.Describe(tensor.Shape));
        }
    }
}
