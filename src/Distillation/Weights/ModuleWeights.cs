using static TorchSharp.torch;

namespace Stillhouse.Distillation.Weights;

/// <summary>Weights of modules as safetensors files.</summary>
public static class ModuleWeights
{
    /// <summary>The weights as the bytes of a safetensors file; equal weights yield equal bytes.</summary>
    public static byte[] Encode(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return SafetensorsFile.Encode(module.state_dict().ToDictionary(entry => entry.Key, entry => Store(entry.Value)));
    }

    /// <summary>Takes over every tensor of a file.</summary>
    /// <exception cref="WeightsRefusedException">
    /// Tensors are missing, unexpected, of another shape or not finite; all are named, and nothing has been taken over.
    /// </exception>
    public static void Load(nn.Module module, SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(file);
        var own = module.state_dict();
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
