using System.Buffers.Binary;
using System.Text.Json;

namespace Stillhouse.Distillation.Weights;

/// <summary>
/// The safetensors format, version 0.x: the length of the header (8 bytes, little-endian), a JSON header padded with
/// spaces to a multiple of 8 bytes, then the tensors one after the other. Only 32-bit floats are read and written.
/// </summary>
public sealed class SafetensorsFile
{
    internal const string ElementType = "F32";
    internal const int ElementSize = sizeof(float);
    internal const string MetadataKey = "__metadata__";

    private const int LengthSize = sizeof(ulong);
    private const int Alignment = 8;

    /// <summary>The reference implementation's limit.</summary>
    private const ulong MaximumHeader = 100_000_000;

    private SafetensorsFile(string source, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        Source = source;
        Tensors = tensors;
    }

    /// <summary>Where the bytes came from, for messages.</summary>
    public string Source { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>Reads a whole file into memory and checks it.</summary>
    /// <exception cref="WeightsRefusedException">The file is not a sound safetensors file of 32-bit floats.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Checks bytes; the tensors refer to them without a copy.</summary>
    /// <param name="bytes">A whole file.</param>
    /// <param name="source">Named in messages.</param>
    /// <exception cref="WeightsRefusedException">The bytes are not a sound safetensors file of 32-bit floats.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        if (bytes.Length < LengthSize)
        {
            throw new WeightsRefusedException(source, "header length", $"at least {LengthSize} bytes", $"{bytes.Length} bytes");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        var limit = Math.Min(MaximumHeader, (ulong)(bytes.Length - LengthSize));
        if (length > limit)
        {
            throw new WeightsRefusedException(source, "header length", $"at most {limit} bytes", $"{length}");
        }

        var header = bytes.Slice(LengthSize, (int)length);
        return new SafetensorsFile(source, SafetensorsHeader.Parse(header, bytes[(LengthSize + header.Length)..], source));
    }

    /// <summary>The bytes of a file, tensors sorted by name; equal tensors yield equal bytes.</summary>
    public static byte[] Encode(IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var sorted = tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        var header = EncodeHeader(sorted);
        var padded = (header.Length + Alignment - 1) / Alignment * Alignment;
        var file = new byte[LengthSize + padded + sorted.Sum(entry => entry.Value.Data.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)padded);
        header.CopyTo(file, LengthSize);
        file.AsSpan(LengthSize + header.Length, padded - header.Length).Fill((byte)' ');
        var position = LengthSize + padded;
        foreach (var (_, tensor) in sorted)
        {
            tensor.Data.Span.CopyTo(file.AsSpan(position));
            position += tensor.Data.Length;
        }

        return file;
    }

    private static byte[] EncodeHeader(IEnumerable<KeyValuePair<string, StoredTensor>> sorted)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            json.WriteString("format", "pt");
            json.WriteEndObject();
            var begin = 0;
            foreach (var (name, tensor) in sorted)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", ElementType);
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [begin, begin += tensor.Data.Length]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
