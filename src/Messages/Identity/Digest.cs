using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Identity;

/// <summary>The SHA-256 of immutable content, written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(ParsableJsonConverter<Digest>))]
public readonly record struct Digest : IParsable<Digest>
{
    private const string Prefix = "sha256:";
    private const int HexLength = 64;

    private Digest(string hex) => Hex = hex;

    /// <summary>The 64 hexadecimal digits, fit for a file name.</summary>
    public string Hex { get => field ?? throw new InvalidOperationException("An empty digest."); }

    public static Digest Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    public static Digest Of(Stream content) => FromHash(SHA256.HashData(content));

    public static Digest FromHash(ReadOnlySpan<byte> sha256) =>
        sha256.Length == SHA256.HashSizeInBytes
            ? new Digest(Convert.ToHexStringLower(sha256))
            : throw new ArgumentException($"A SHA-256 has {SHA256.HashSizeInBytes} bytes, this has {sha256.Length}.", nameof(sha256));

    public static Digest Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new FormatException($"'{s}' is not a digest; one is written {Prefix} and {HexLength} hexadecimal digits.");

    public static bool TryParse(string? s, IFormatProvider? provider, out Digest result)
    {
        var hex = s is not null && s.StartsWith(Prefix, StringComparison.Ordinal) ? s[Prefix.Length..] : "";
        var valid = hex.Length == HexLength && hex.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');
        result = valid ? new Digest(hex) : default;
        return valid;
    }

    public override string ToString() => Prefix + Hex;
}
