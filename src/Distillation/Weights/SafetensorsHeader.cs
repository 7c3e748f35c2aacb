using System.Text.Json;

namespace Stillhouse.Distillation.Weights;

/// <summary>The JSON header of a safetensors file: what each tensor is and where it lies.</summary>
internal static class SafetensorsHeader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Checks that the tensors fill the data exactly, without holes or overlaps, and cuts them out.</summary>
    public static SortedDictionary<string, StoredTensor> Parse(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> data, string source)
    {
        var entries = ReadEntries(header, source);
        var position = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != position || entry.End < entry.Begin)
            {
                throw new WeightsRefusedException(
                    source, entry.Name, $"data from byte {position} on", $"bytes {entry.Begin} to {entry.End}");
            }

            position = entry.End;
        }

        if (position != data.Length)
        {
            throw new WeightsRefusedException(source, "data", $"{position} bytes", $"{data.Length} bytes");
        }

        return new SortedDictionary<string, StoredTensor>(
            entries.ToDictionary(entry => entry.Name, entry => entry.Cut(data, source)), StringComparer.Ordinal);
    }

    private static List<Entry> ReadEntries(ReadOnlyMemory<byte> header, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(header, Options);
            return [.. document.RootElement.EnumerateObject()
                .Where(property => !property.NameEquals(SafetensorsFile.MetadataKey))
                .Select(property => ReadEntry(property, source))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new WeightsRefusedException(
                source, "header", "a JSON object with dtype, shape and data_offsets for each tensor", e.Message);
        }
    }

    private static Entry ReadEntry(JsonProperty property, string source)
    {
        var type = property.Value.GetProperty("dtype").GetString();
        if (type != SafetensorsFile.ElementType)
        {
            throw new WeightsRefusedException(
                source, property.Name, $"{SafetensorsFile.ElementType} (convert the file to 32-bit floats)", $"{type}");
        }

        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(size => (long)size.GetUInt32()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        return offsets is [var begin, var end]
            ? new Entry(property.Name, shape, begin, end)
            : throw new WeightsRefusedException(source, property.Name, "two data_offsets", $"{offsets.Length}");
    }

    private sealed record Entry(string Name, long[] Shape, long Begin, long End)
    {
        public StoredTensor Cut(ReadOnlyMemory<byte> data, string source)
        {
            var size = Shape.Aggregate((Int128)SafetensorsFile.ElementSize, (product, dimension) => product * dimension);
            return size == End - Begin
                ? new StoredTensor(Shape, data[(int)Begin..(int)End])
                : throw new WeightsRefusedException(
                    source, Name, $"{size} bytes for {StoredTensor.Describe(Shape)}", $"{End - Begin} bytes");
        }
    }
}
