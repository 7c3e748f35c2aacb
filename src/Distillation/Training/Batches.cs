using Stillhouse.Distillation.Data;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Training;

/// <summary>Turns samples into tensors.</summary>
public static class Batches
{
    private const double White = 255;

    /// <summary>Pixels of the named samples, <c>[B, size]</c>, 32-bit floats 0 to 1, in memory of their own.</summary>
    /// <remarks>Bytes are gathered first, so that a quarter of the memory crosses to the device.</remarks>
    public static Tensor Inputs(SampleSet samples, IReadOnlyList<int> ids, Device device)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(ids);
        var size = samples.Pixels.Length / samples.Count;
        using var pixels_BS = empty([ids.Count, size], ScalarType.Byte);
        var source = samples.Pixels.Span;
        var target = pixels_BS.bytes;
        for (var row = 0; row < ids.Count; row++)
        {
            source.Slice(ids[row] * size, size).CopyTo(target[(row * size)..]);
        }

        return pixels_BS.to(ScalarType.Float32, device).div_(White);
    }

    /// <summary>Labels of the named samples, <c>[B]</c>, 64-bit integers.</summary>
    public static Tensor Labels(SampleSet samples, IReadOnlyList<int> ids, Device device)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(ids);
        var labels = new long[ids.Count];
        for (var row = 0; row < ids.Count; row++)
        {
            labels[row] = samples.Labels.Span[ids[row]];
        }

        return tensor(labels, device: device);
    }
}
