using System.Buffers.Binary;

namespace Stillhouse.Transport.Codecs;

/// <summary>Class numbers as sparse codecs write them: 2 bytes each where the number of classes allows it, else 4; little-endian.</summary>
internal static class ClassIds
{
    /// <summary>Bytes of one class number.</summary>
    public static int Bytes(int classes) => classes <= ushort.MaxValue + 1 ? sizeof(ushort) : sizeof(int);

    public static void Write(Span<byte> ids, int slot, int id, int classes)
    {
        if (Bytes(classes) == sizeof(ushort))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(ids[(slot * sizeof(ushort))..], (ushort)id);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(ids[(slot * sizeof(int))..], id);
        }
    }

    /// <summary>The class number of a slot; outside 0..<paramref name="classes"/> - 1 where the bytes are garbage.</summary>
    public static int Read(ReadOnlySpan<byte> ids, int slot, int classes) =>
        Bytes(classes) == sizeof(ushort)
            ? BinaryPrimitives.ReadUInt16LittleEndian(ids[(slot * sizeof(ushort))..])
            : BinaryPrimitives.ReadInt32LittleEndian(ids[(slot * sizeof(int))..]);

    /// <summary>What is wrong with a row's class numbers, which must ascend; null if nothing is.</summary>
    /// <param name="step">How much greater than the one before each must be: 1 where none may come twice, else 0.</param>
    public static string? Flaw(ReadOnlySpan<byte> ids, int slots, int classes, int step)
    {
        var least = 0;
        for (var slot = 0; slot < slots; slot++)
        {
            var id = Read(ids, slot, classes);
            if (id < least || id >= classes)
            {
                return $"class {id} in slot {slot} is not one of {least} to {classes - 1}";
            }

            least = id + step;
        }

        return null;
    }
}
