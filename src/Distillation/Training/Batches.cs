using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Data.Views;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Training;

/// <summary>Turns samples into tensors.</summary>
public static class Batches
{
    private const double White = 255;

    /// <summary>What torch's losses leave out: the default <c>ignore_index</c> of its cross-entropy.</summary>
    private const long NoLabel = -100;

    /// <summary>Pixels of the named samples, <c>[B, size]</c>, 32-bit floats 0 to 1, in memory of their own.</summary>
    public static Tensor Inputs(SampleSet samples, SampleShape shape, View view, IReadOnlyList<int> ids, Device device)
    {
        ArgumentNullException.ThrowIfNull(ids);
        using var pixels_BS = empty([ids.Count, shape.Size], ScalarType.Byte);
        ViewedPixels.Write(samples, shape, view, ids, pixels_BS.bytes);
        return Normalized(pixels_BS, device);
    }

    /// <summary>The same of consecutive samples as they are.</summary>
    public static Tensor Inputs(SampleSet samples, SampleRange range, Device device)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var size = samples.Pixels.Length / samples.Count;
        return Inputs(samples.Pixels.Span.Slice(range.First * size, range.Count * size), size, device);
    }

    /// <summary>The same of pixels that came from elsewhere.</summary>
    /// <param name="pixels"><c>B × size</c> bytes, as a view shows them.</param>
    public static Tensor Inputs(ReadOnlySpan<byte> pixels, int size, Device device)
    {
        using var pixels_BS = empty([pixels.Length / size, size], ScalarType.Byte);
        pixels.CopyTo(pixels_BS.bytes);
        return Normalized(pixels_BS, device);
    }

    /// <summary>Labels of the named samples, <c>[B]</c>, 64-bit integers; -100 where a sample has none.</summary>
    public static Tensor Labels(SampleSet samples, IReadOnlyList<int> ids, Device device)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(ids);
        var labels = new long[ids.Count];
        for (var row = 0; row < ids.Count; row++)
        {
            labels[row] = ids[row] < samples.Labels.Length ? samples.Labels.Span[ids[row]] : NoLabel;
        }

        return tensor(labels, device: device);
    }

    /// <summary>Bytes cross to the device, a quarter of the memory.</summary>
    private static Tensor Normalized(Tensor pixels_BS, Device device) => pixels_BS.to(ScalarType.Float32, device).div_(White);
}
