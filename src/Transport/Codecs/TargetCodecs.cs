using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Transport.Codecs;

/// <summary>Every codec that nodes speak.</summary>
public static class TargetCodecs
{
    /// <summary>How their names are written, for messages to people; K, N and T are numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fp32[+MODULE,...]", "fp16[+MODULE,...]", "int8", "top-k:K@T", "sampled:N@T"];

    /// <summary>The codec that a spec asks for.</summary>
    /// <param name="features">Names of modules whose values follow the logits; none where the codec has no room for them.</param>
    public static TargetCodec Of(CodecSpec spec, params IReadOnlyList<string> features) => spec switch
    {
        Fp32Spec => new Fp32Codec(features),
        Fp16Spec => new Fp16Codec(features),
        _ when features.Count > 0 => throw new ArgumentException($"{spec} has no room for features.", nameof(spec)),
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
            _ => ParseSparse(name) ?? ParseWithFeatures(name),
        };
        codec = parsed?.Name == name ? parsed : null;
        return codec is not null;
    }

    private static TargetCodec? ParseWithFeatures(string name)
    {
        if (name.Split(DenseCodec.FeatureMark) is not [var kind, var list])
        {
            return null;
        }

        var features = list.Split(DenseCodec.FeatureGap);
        return features.Distinct().Count() < features.Length || !Array.TrueForAll(features, IsModule) ? null : kind switch
        {
            "fp32" => new Fp32Codec(features),
            "fp16" => new Fp16Codec(features),
            _ => null,
        };
    }

    private static bool IsModule(string name) => name.Length > 0 && name.All(char.IsAsciiLetterOrDigit);

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
