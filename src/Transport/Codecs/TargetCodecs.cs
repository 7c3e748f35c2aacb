using System.Diagnostics.CodeAnalysis;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Transport.Codecs;

/// <summary>Every codec that this node speaks.</summary>
public static class TargetCodecs
{
    /// <summary>How their names are written, for messages to people.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fp32"];

    /// <summary>The codec that a spec asks for.</summary>
    public static TargetCodec Of(CodecSpec spec) => spec switch
    {
        Fp32Spec => new Fp32Codec(),
        _ => throw new ArgumentException($"{spec} is no codec that this node speaks.", nameof(spec)),
    };

    /// <summary>The codec of a <see cref="TargetCodec.Name"/>; false if there is none that writes its name so.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out TargetCodec? codec)
    {
        codec = name == "fp32" ? new Fp32Codec() : null;
        return codec is not null;
    }
}
