using System.Text.Json;
using System.Text.Json.Serialization;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Transport.Serialization;

/// <summary>How the vocabulary in Messages is written as JSON.</summary>
public static class ProtocolJson
{
    /// <summary>
    /// The wire: camelCase, enums by name, NaN and infinities as <c>"NaN"</c>, <c>"Infinity"</c> and
    /// <c>"-Infinity"</c>, computed properties left out. Reading is strict about what is missing (required members,
    /// constructor parameters without a default, nulls where none may be) and tolerant of what is unknown, so that in a
    /// rolling upgrade an old node can read a new one's message. A field that is added to a message therefore has a
    /// default, or the message gets a new wire name.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = ReadOnly(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    });

    /// <summary>The digest of what is written of a value: equal values, equal digests.</summary>
    /// <typeparam name="T">As declared where it is sent, so that the kinds of its values are told apart.</typeparam>
    public static Digest DigestOf<T>(T value) => Digest.Of(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    private static JsonSerializerOptions ReadOnly(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
