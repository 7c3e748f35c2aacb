using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Transport.Codecs;

/// <summary>Every codec that nodes speak.</summary>
public static class TargetCodecs
{
    /// <summary>How their names are written, for messages to people; K, N and T are numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fp32", "fp16", "int8", "top-k:K@T", "sampled:N@T"];

    /// <summary>The codec that a spec asks for.</summary>
    public static TargetCodec Of(CodecSpec spec) => spec switch
    {
        Fp32Spec => new Fp32Codec(),
        Fp16Spec => new Fp16Codec(),
        Int8Spec => new Int8Codec(),
        TopKSpec top => new TopKCodec(top.K, top.Temperature),
        SampledSpec sampled => new SampledCodec(sampled.Draws, sampled.Temperature),
        _ => throw new ArgumentException($"No codec belongs to {spec}.", nameof(spec)),
    };

    /// <summary>
    /// The codec of a <see cref="TargetCodec.Name"/>. There is one spelling of each name, so that equal names mean equal
    /// bytes; false for any other, and for numbers that no codec has.
    /// </summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out TargetCodec? codec)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parsed = name switch
        {
            "fp32" => new Fp32Codec(),
            "fp16" => new Fp16Codec(),
            "int8" => new Int8Codec(),
            _ => ParseSparse(name),
        };
        codec = parsed?.Name == name ? parsed : null;
        return codec is not null;
    }

    private static TargetCodec? ParseSparse(string name)
    {
        if (name.Split(':', '@') is not [var kind, var number, var text]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var slots)
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var temperature)
            || !SparseCodec.IsValid(slots, temperature))
        {
            return null;
        }

        return kind switch
        {
            "top-k" => new TopKCodec(slots, temperature),
            "sampled" => new SampledCodec(slots, temperature),
            _ => null,
        };
    }
}
