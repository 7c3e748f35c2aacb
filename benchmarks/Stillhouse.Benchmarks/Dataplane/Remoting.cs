using Akka.Actor;
using Akka.Configuration;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Actor systems that reach each other by Akka.Remote on loopback, at ports of their own choice.</summary>
internal static class Remoting
{
    /// <summary>
    /// For bulk: frames of any size here, socket buffers that hold several, and nothing that makes a frame wait. Byte
    /// arrays go through Akka's own serializer, which hands out the array as it is.
    /// </summary>
    private const string Tuned = """
        akka.remote.dot-netty.tcp {
          maximum-frame-size = 4 MiB
          send-buffer-size = 4 MiB
          receive-buffer-size = 4 MiB
          write-buffer-high-water-mark = 16 MiB
          write-buffer-low-water-mark = 8 MiB
        }
        """;

    private const string Plain = """
        akka {
          loggers = []
          stdout-logger-class = "Stillhouse.Hosting.Logging.SilentLogger, Stillhouse.Hosting"
          actor.provider = remote
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        }
        """;

    public static ActorSystem StartBulk(string name) => Start(name, Tuned);

    /// <summary>As nodes have it.</summary>
    public static ActorSystem StartControl(string name) => Start(name, "");

    /// <summary>Where actors of other processes find this system.</summary>
    public static string AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress.ToString();

    private static ActorSystem Start(string name, string configuration) =>
        ActorSystem.Create(name, ConfigurationFactory.ParseString(configuration).WithFallback(ConfigurationFactory.ParseString(Plain)));
}
