using System.Runtime.Serialization;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;

namespace Stillhouse.Transport.Serialization;

/// <summary>
/// Carries the control plane: the manifest is the message's wire name, the payload JSON in UTF-8. Whatever is wrong
/// with a message surfaces as <see cref="SerializationException"/>, because any other exception costs the connection.
/// </summary>
public sealed class ProtocolSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Akka's id of this serializer; it is on the wire and in journals, so it never changes.</summary>
    public const int SerializerId = 7311;

    public override int Identifier => SerializerId;

    public override string Manifest(object o)
    {
        ArgumentNullException.ThrowIfNull(o);
        return WireNames.Protocol.NameOf(o.GetType())
            ?? throw new SerializationException(
                $"{o.GetType()} is not a message of the protocol: only concrete types of the Messages assembly travel.");
    }

    public override byte[] ToBinary(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(obj, obj.GetType(), ProtocolJson.Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new SerializationException($"Cannot write '{Manifest(obj)}': {e.Message}", e);
        }
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var type = WireNames.Protocol.TypeOf(manifest)
            ?? throw new SerializationException(
                $"Unknown message '{manifest}': it comes from another version of this software, or from something else.");
        try
        {
            return JsonSerializer.Deserialize(bytes, type, ProtocolJson.Options)
                ?? throw new SerializationException($"'{manifest}' with the payload null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or FormatException)
        {
            throw new SerializationException($"Cannot read '{manifest}': {e.Message}", e);
        }
    }
}
