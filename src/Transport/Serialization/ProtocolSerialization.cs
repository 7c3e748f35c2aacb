using Akka.Serialization;
using Stillhouse.Messages;

namespace Stillhouse.Transport.Serialization;

/// <summary>How an actor system is told to use <see cref="ProtocolSerializer"/>.</summary>
public static class ProtocolSerialization
{
    /// <summary>
    /// Binds every <see cref="IProtocolMessage"/>. With strict serialization
    /// (<c>akka.actor.serialization-settings.allow-unregistered-types = false</c>) nothing else of ours can travel.
    /// </summary>
    public static SerializationSetup Setup { get; } = SerializationSetup.Create(system =>
        [SerializerDetails.Create("stillhouse-protocol", new ProtocolSerializer(system), [typeof(IProtocolMessage)])]);
}
