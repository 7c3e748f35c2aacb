using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Stillhouse.Transport.Serialization;

namespace Stillhouse.Transport.Tests.Serialization;

/// <summary>A real actor system with strict serialization, as nodes run it.</summary>
public sealed class ProtocolSystem : IDisposable
{
    private static readonly Config Strict = ConfigurationFactory.ParseString(
        """
        akka.actor.serialization-settings.allow-unregistered-types = false
        akka.stdout-loglevel = off
        akka.loglevel = off
        """);

    public ActorSystem System { get; } = ActorSystem.Create(
        "protocol", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(Strict), ProtocolSerialization.Setup));

    public Akka.Serialization.Serialization Serialization => System.Serialization;

    public void Dispose() => System.Dispose();
}
