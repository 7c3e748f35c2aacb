using System.Runtime.InteropServices;

namespace Stillhouse.Distillation.Weights;

/// <summary>A tensor of 32-bit floats as it stands in a file.</summary>
/// <param name="Shape">Sizes of its dimensions; empty for a scalar.</param>
/// <param name="Data">Its values, little-endian, last dimension fastest.</param>
public sealed record StoredTensor(IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Whether no value is NaN or infinite.</summary>
    public bool IsFinite
    {
        get
        {
            foreach (var value in MemoryMarshal.Cast<byte, float>(Data.Span))
            {
                if (!float.IsFinite(value))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>How a shape is written in messages.</summary>
    public static string Describe(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
